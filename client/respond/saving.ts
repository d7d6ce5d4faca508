import type { Model } from 'survey-core'
import type { Answers } from '../../surveys/question-set.ts'
import { saveAnswers, type SaveResult } from './server.ts'

const pauseBeforeSaving = 800

/** Sends what changed, one request at a time, some moments after the last change or when asked. */
export class Saving {
  endpoint: string
  #model: Model
  #revision: number
  #changed = new Set<string>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<SaveResult> | undefined
  #onResult: (result: SaveResult) => void

  constructor(endpoint: string, model: Model, revision: number, onResult: (result: SaveResult) => void) {
    this.endpoint = endpoint
    this.#model = model
    this.#revision = revision
    this.#onResult = onResult
    model.onValueChanged.add((_, { name }) => this.noteChange(name))
    // The last words of someone who closes the lid or switches tabs: sent at once, where the browser allows.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden' && this.#changed.size > 0) void this.saveNow()
    })
  }

  noteChange(name: string): void {
    this.#changed.add(name)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.saveNow(), pauseBeforeSaving)
  }

  /** After a conflict: what stands here is sent again, knowingly over the other. */
  acceptRevision(revision: number): void {
    this.#revision = revision
  }

  /** Forgets changes that the person gave up for those made elsewhere. */
  discard(names: readonly string[]): void {
    for (const name of names) this.#changed.delete(name)
  }

  /** Resolves when everything typed until now is stored, or with the reason why it is not. */
  async saveNow(): Promise<SaveResult> {
    clearTimeout(this.#timer)
    if (this.#running) await this.#running
    if (this.#changed.size === 0) return { kind: 'saved', revision: this.#revision }
    this.#running = this.#send()
    const result = await this.#running
    this.#running = undefined
    this.#onResult(result)
    return result
  }

  async #send(): Promise<SaveResult> {
    const sending = [...this.#changed]
    this.#changed.clear()
    const result = await this.#sendOnly(sending)
    if (result.kind !== 'refused') return result
    // One answer that cannot be stored must not keep the others from being stored.
    const refused = new Set(result.problems.map((problem) => problem.question))
    const others = sending.filter((name) => !refused.has(name.replace(/-Comment$/, '')))
    if (others.length > 0 && others.length < sending.length) {
      for (const name of others) this.#changed.delete(name)
      await this.#sendOnly(others)
    }
    return result
  }

  async #sendOnly(names: readonly string[]): Promise<SaveResult> {
    const data = this.#model.data as Answers
    const answers = Object.fromEntries(names.map((name) => [name, data[name] ?? null]))
    const result = await saveAnswers(this.endpoint, this.#revision, answers)
    if (result.kind === 'saved') {
      this.#revision = result.revision
      if (result.link) this.endpoint = result.link
    } else {
      for (const name of names) this.#changed.add(name)
    }
    return result
  }
}
