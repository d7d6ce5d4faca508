import type { Question } from 'survey-core'
import { createContext } from 'react'
import type { AnalysisPlan } from '../../../surveys/question-set.ts'

/** What the server said of this page's answers, by place: a question, or `question.row`. */
type QuestionErrors = Readonly<Record<string, string>>

export const QuestionErrorsContext = createContext<QuestionErrors>({})

/** Hints that depend on who answers, by question: what the register says, for one. */
export const QuestionHintsContext = createContext<Readonly<Record<string, string>>>({})

/** The codes that answer none of the question, such as *don't know*: "or" stands before them. */
export const QuestionStatesContext = createContext<AnalysisPlan['states']>({ dontKnow: [], notApplicable: [] })

/** The level of headings between questions: below the page's title. */
export const NoteHeadingContext = createContext<'h2' | 'h3'>('h2')

export interface RendererProps {
  question: Question
}
