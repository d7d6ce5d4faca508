import { useEffect, useRef, useState } from 'react'
import type { DraftView } from '../../../../server/question-sets/schema/drafts.ts'
import type { QuestionSet } from '../../../../surveys/question-set.ts'
import { ApiError, put } from '../../api.ts'

export type SaveState =
  | { kind: 'saved'; at: string }
  | { kind: 'waiting' }
  /** It is tried again by itself. */
  | { kind: 'failed'; message: string }
  /** Somebody else saved, or the draft is gone: nothing is saved until a person decides. */
  | { kind: 'stopped'; code: string; message: string; details: string[] }

const savedAt = (at: string): SaveState => ({ kind: 'saved', at })

const pauseMs = 800
const retryMs = 5000

/** Saves a draft a moment after each change, one save at a time, from the revision that was seen. */
export function useAutosave(address: string, draft: Pick<DraftView, 'revision' | 'updatedAt'>, set: QuestionSet) {
  const [state, setState] = useState<SaveState>(savedAt(draft.updatedAt))
  const newest = useRef(set)
  /** What is known to be stored: nothing while a save is under way, or where its answer was lost. */
  const saved = useRef<QuestionSet | undefined>(set)
  const lastSaved = useRef(draft.updatedAt)
  const revision = useRef(draft.revision)
  const running = useRef<Promise<void> | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const stopped = state.kind === 'stopped'

  useEffect(() => {
    newest.current = set
    if (stopped) return
    clearTimeout(timer.current)
    // Undone to what is stored: there is nothing to save.
    if (set === saved.current) return setState(savedAt(lastSaved.current))
    setState((before) => (before.kind === 'failed' ? before : { kind: 'waiting' }))
    timer.current = setTimeout(() => void flush(), pauseMs)
  }, [set, stopped])
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (state.kind === 'saved') return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [state.kind])

  /** Saves at once what is not saved yet. */
  async function flush(): Promise<void> {
    clearTimeout(timer.current)
    while (running.current) await running.current
    if (newest.current === saved.current) return
    running.current = save(newest.current).finally(() => (running.current = undefined))
    await running.current
  }

  async function save(sent: QuestionSet): Promise<void> {
    saved.current = undefined
    try {
      const answer = await put<DraftView>(address, { revision: revision.current, ...sent })
      revision.current = answer.revision
      saved.current = sent
      lastSaved.current = answer.updatedAt
      setState(newest.current === sent ? savedAt(answer.updatedAt) : { kind: 'waiting' })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const { code, message, details } = error
      if (code === 'changed_elsewhere' || code === 'draft_gone')
        return setState({ kind: 'stopped', code, message, details: wordsOf(details) })
      setState({ kind: 'failed', message })
      timer.current = setTimeout(() => void flush(), retryMs)
    }
  }

  return {
    state,
    flush,
    /** At this moment: a name or code is taken as its field is left, and the link that was clicked is followed before `state` says so. */
    isUnsaved: () => newest.current !== saved.current,
    /** Goes on from what is stored now: with the set that is shown to be saved over it, or with what is stored shown. */
    resume(from: Pick<DraftView, 'revision' | 'updatedAt'>, stored?: QuestionSet) {
      revision.current = from.revision
      lastSaved.current = from.updatedAt
      if (stored) newest.current = saved.current = stored
      setState(stored ? savedAt(from.updatedAt) : { kind: 'waiting' })
    },
  }
}

const wordsOf = (details: unknown): string[] =>
  Array.isArray(details)
    ? details.flatMap((one: unknown) =>
        typeof one === 'object' && one !== null && 'message' in one && typeof one.message === 'string'
          ? [one.message]
          : [],
      )
    : []
