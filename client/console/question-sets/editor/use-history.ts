import { useReducer } from 'react'
import type { QuestionSet } from '../../../../surveys/question-set.ts'

interface Step {
  set: QuestionSet
  /** What was done to come here from the step before: *the text of question 3*. */
  what: string
  /** Letter after letter: one step with the next of its kind. */
  typing: boolean
}

interface History {
  past: Step[]
  present: Step
  future: Step[]
}

type Change = (set: QuestionSet) => QuestionSet
type Action =
  | ({ do: 'change'; change: Change } & Omit<Step, 'set'>)
  | { do: 'undo' }
  | { do: 'redo' }
  | { do: 'replace'; set: QuestionSet }

const mostSteps = 200

function reduce({ past, present, future }: History, action: Action): History {
  switch (action.do) {
    case 'change': {
      const { what, typing } = action
      const step = { what, typing, set: action.change(present.set) }
      if (step.set === present.set) return { past, present, future }
      return typing && present.typing && what === present.what && future.length === 0
        ? { past, present: step, future }
        : { past: [...past, present].slice(-mostSteps), present: step, future: [] }
    }
    case 'undo': {
      const before = past.at(-1)
      return before
        ? { past: past.slice(0, -1), present: before, future: [present, ...future] }
        : { past, present, future }
    }
    case 'redo': {
      const [after, ...rest] = future
      return after ? { past: [...past, present], present: after, future: rest } : { past, present, future }
    }
    case 'replace':
      return { past: [], present: { set: action.set, what: '', typing: false }, future: [] }
  }
}

/** What was done to a question set, step by step, and back. */
export function useHistory(first: QuestionSet) {
  const [{ past, present, future }, dispatch] = useReducer(reduce, {
    past: [],
    present: { set: first, what: '', typing: false },
    future: [],
  })
  return {
    set: present.set,
    /** The newest change, which `undo` takes back; undefined where there is none. */
    undoes: past.length > 0 ? present.what : undefined,
    redoes: future[0]?.what,
    change: (what: string, change: Change, typing = false) => dispatch({ do: 'change', what, change, typing }),
    undo: () => dispatch({ do: 'undo' }),
    redo: () => dispatch({ do: 'redo' }),
    /** As at the beginning: nothing to take back. */
    replace: (set: QuestionSet) => dispatch({ do: 'replace', set }),
  }
}
