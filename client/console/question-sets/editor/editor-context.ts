import { createContext, use } from 'react'
import type { DraftCheck } from '../../../../server/question-sets/schema/drafts.ts'
import type { Code, QuestionSet } from '../../../../surveys/question-set.ts'

/** What published versions hold: answers were given under these names and codes, so that they stay as they are. */
export interface Frozen {
  isName: (name: string) => boolean
  isCode: (question: string, list: string, code: Code) => boolean
  /** Of an indicator or scale, or of a breakdown and the code of one of its groups. */
  isId: (...parts: string[]) => boolean
}

export interface Remark {
  /** A path as in the check: `questions.pages.0.elements.2.title`. */
  place: string
  /** The place in words. */
  where: string
  message: string
  severity: DraftCheck['problems'][number]['severity']
}

export interface Editor {
  slug: string
  set: QuestionSet
  frozen: Frozen
  /** What is missing and what is worth a thought, as of the last pause. */
  remarks: readonly Remark[]
  /** `what`: as it is offered to be taken back. `typing`: the same field as before is one step with it. */
  edit: (what: string, change: (set: QuestionSet) => QuestionSet, typing?: boolean) => void
  /** After an edit: the field, as soon as it is there. */
  focusSoon: (path: string) => void
}

export const EditorContext = createContext<Editor | undefined>(undefined)

export function useEditor(): Editor {
  const editor = use(EditorContext)
  if (!editor) throw new Error('The editor is used outside its page.')
  return editor
}
