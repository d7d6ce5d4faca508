// What a name in a plan or an expression refers to, and which codes an answer to it may have.
import { isNote } from './notes.ts'
import type { Code, PageElement, Question, QuestionSet } from './question-set.ts'

export interface Variable {
  question: Question
  /** The codes that an answer may have; 1 (ticked) for a choice; undefined where answers are text, numbers or dates. */
  codes: Code[] | undefined
}

/** Questions by name. `notes`: the names of headings and paragraphs, which nothing can refer to. */
export type QuestionsByName = Map<string, Question> & { notes?: ReadonlySet<string> }

export function questionsByName(elements: readonly PageElement[]): QuestionsByName {
  const questions = elements.filter((element) => !isNote(element)).map((question) => [question.name, question] as const)
  return Object.assign(new Map(questions), { notes: new Set(elements.filter(isNote).map(({ name }) => name)) })
}

/** Why a name is no question's, as a sentence. */
export const noQuestion = (name: string, { notes }: QuestionsByName): string =>
  notes?.has(name) ? `${name} is a heading or paragraph: nobody answers it` : `there is no question ${name}`

/** The choices' or columns' codes of a question; empty for text, numbers and dates. */
export function codesOf(question: Question): Code[] {
  if (question.type === 'matrix') return question.columns.map((column) => column.value)
  if (!('choices' in question)) return []
  return [...question.choices.map((choice) => choice.value), ...(question.showOtherItem ? ['other'] : [])]
}

export const isOneChoice = (question: Question) => question.type === 'radiogroup' || question.type === 'dropdown'

/** Codes that mean don't know or not applicable wherever they are answered. */
export function stateCodes({ plan }: QuestionSet): Set<Code> {
  return new Set<Code>([...plan.states.dontKnow, ...plan.states.notApplicable])
}

/** Finds what `question`, `question.row` or `question.choice` names; a sentence saying what is wrong if it names nothing. */
export function findVariable(variable: string, questions: QuestionsByName): Variable | string {
  const [name = '', part] = variable.split('.')
  const question = questions.get(name)
  if (!question) return noQuestion(name, questions)
  if (question.type === 'matrix') {
    if (part === undefined) return `${name} is a matrix: name one of its rows, as in ${name}.${question.rows[0]?.value}`
    if (!question.rows.some((row) => String(row.value) === part)) return `${name} has no row ${part}`
    return { question, codes: codesOf(question) }
  }
  if (question.type === 'checkbox') {
    if (part === undefined)
      return `${name} allows several choices: name one of them, as in ${name}.${question.choices[0]?.value}`
    if (!codesOf(question).some((code) => String(code) === part)) return `${name} has no choice ${part}`
    return { question, codes: [1] }
  }
  if (part !== undefined) return `${name} has no rows or choices to name: leave out .${part}`
  return { question, codes: isOneChoice(question) ? codesOf(question) : undefined }
}
