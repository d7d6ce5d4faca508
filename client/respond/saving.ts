import type { Model } from 'survey-core'
import type { ChangedElsewhere, Questionnaire } from '../../server/responses/schema.ts'
import type { Answers } from '../../surveys/question-set.ts'
import { questionOf, setAnswer } from '../components/questions/questionnaire-model.ts'
import { saveAnswers, type SaveResult } from './server.ts'

const pauseBeforeSaving = 800
const pauseBeforeTryingAgain = 5000

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Sends what changed, one request at a time, some moments after the last change or when asked. */
export class Saving {
  /** `/r/<token>` or `/c/<token>`; the first save through a shared link changes it to the personal one. */
  endpoint: string
  #model: Model
  #revision: number
  #begin: string | undefined
  #changed = new Set<string>()
  #receiving = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<SaveResult> | undefined
  #listeners = new Set<(result: SaveResult) => void>()

  constructor(endpoint: string, model: Model, { revision, begin }: Pick<Questionnaire, 'revision' | 'begin'>) {
    this.endpoint = endpoint
    this.#model = model
    this.#revision = revision
    this.#begin = begin
    model.onValueChanged.add((_, { name }) => this.#noteChange(name))
    // The last words of someone who closes the lid or switches tabs: sent at once, where the browser allows.
    const saveBeforeLeaving = () => {
      if (this.#changed.size > 0) void this.saveNow()
    }
    addEventListener('pagehide', saveBeforeLeaving)
    addEventListener('online', saveBeforeLeaving)
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') saveBeforeLeaving()
    })
  }

  /** Tells of each save how it went; returns what ends that. */
  subscribe(listener: (result: SaveResult) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Resolves when everything typed until now is stored, or with the reason why it is not. */
  async saveNow(): Promise<SaveResult> {
    clearTimeout(this.#timer)
    while (this.#running) await this.#running
    if (this.#changed.size === 0) return { kind: 'saved', revision: this.#revision }
    this.#running = this.#send()
    const result = await this.#running
    this.#running = undefined
    if (result.kind === 'not_connected') this.#saveAfter(pauseBeforeTryingAgain)
    for (const listener of this.#listeners) listener(result)
    return result
  }

  /** After a conflict: what stands here is sent again, knowingly over the other. */
  keepMine({ revision, answers }: ChangedElsewhere): void {
    this.#revision = revision
    this.#receive(answers)
    void this.saveNow()
  }

  /** After a conflict: gives up the changes made here for those made elsewhere. */
  takeTheirs({ revision, answers, questions }: ChangedElsewhere): void {
    this.#revision = revision
    for (const name of questions) this.#changed.delete(name)
    this.#receive(answers)
    void this.saveNow()
  }

  #noteChange(name: string): void {
    if (this.#receiving) return
    this.#changed.add(name)
    this.#saveAfter(pauseBeforeSaving)
  }

  #saveAfter(pause: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.saveNow(), pause)
  }

  /** Shows answers that were stored elsewhere, except where something newer stands here. */
  #receive(answers: Answers): void {
    this.#receiving = true
    const names = new Set([...Object.keys(answers), ...Object.keys(this.#model.data as Answers)])
    for (const name of names) {
      if (!this.#changed.has(name)) setAnswer(this.#model, name, answers[name] ?? undefined)
    }
    this.#receiving = false
  }

  async #send(): Promise<SaveResult> {
    const sending = [...this.#changed]
    const result = await this.#sendOnly(sending)
    if (result.kind !== 'refused') return result
    // One answer that cannot be stored must not keep the others from being stored.
    const refused = new Set(result.problems.map((problem) => problem.question))
    const others = sending.filter((name) => !refused.has(questionOf(name)))
    if (others.length === 0 || others.length === sending.length) return result
    const second = await this.#sendOnly(others)
    return second.kind === 'saved' ? { ...result, link: second.link } : second
  }

  async #sendOnly(names: readonly string[]): Promise<SaveResult> {
    const data = this.#model.data as Answers
    const answers = structuredClone(Object.fromEntries(names.map((name) => [name, data[name] ?? null])))
    const result = await saveAnswers(this.endpoint, { revision: this.#revision, answers, begin: this.#begin })
    if (result.kind !== 'saved') return result
    this.#revision = result.revision
    if (result.link) this.#goOnAt(result.link)
    const stored = this.#model.data as Answers
    for (const name of names) {
      if (same(stored[name], answers[name])) this.#changed.delete(name)
    }
    if (result.elsewhere) this.#receive({ ...stored, ...result.elsewhere })
    return result
  }

  #goOnAt(link: string): void {
    this.endpoint = link
    this.#begin = undefined
  }
}
