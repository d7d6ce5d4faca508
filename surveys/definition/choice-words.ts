import type { AnalysisPlan, Answers, Code, Question } from '../question-set.ts'

export interface Item {
  value: Code
  text: string
}

type States = AnalysisPlan['states']

/** The choices of a question with *other* last, where it is offered. */
export function itemsOf(question: Question): (Item & { isExclusive?: boolean })[] {
  if (question.type === 'matrix') return question.columns
  if (!('choices' in question)) return []
  return question.showOtherItem
    ? [...question.choices, { value: 'other', text: otherText(question) }]
    : question.choices
}

export const otherText = (question: Question): string =>
  'otherText' in question && question.otherText ? question.otherText : 'Other'

/** The choice that "or" stands before: the first of those at the end that are none of the others. */
export function orBefore(question: Question, states: States): Code | undefined {
  const apart = new Set<Code>([...states.dontKnow, ...states.notApplicable])
  const items = itemsOf(question)
  const ordinary = items.findLastIndex((item) => !item.isExclusive && !apart.has(item.value))
  return ordinary < 0 ? undefined : items[ordinary + 1]?.value
}

/** The words of a code; the code itself where it has none. */
export const wordsOf = (question: Question, code: unknown): string =>
  itemsOf(question).find((item) => item.value === code)?.text ??
  (typeof code === 'string' ? code : JSON.stringify(code))

/** An answer in words, for reading again: a line each, a matrix with a label on each line. Empty where nothing is answered. */
export function answerInWords(question: Question, answers: Answers): { label?: string; text: string }[] {
  const value = answers[question.name]
  if (value === undefined || value === null) return []
  const comment = answers[`${question.name}-Comment`]
  const other = typeof comment === 'string' ? [{ text: comment }] : []
  if (question.type === 'matrix') {
    const rows = value as Record<string, unknown>
    return question.rows
      .filter((row) => rows[String(row.value)] !== undefined)
      .map((row) => ({ label: row.text, text: wordsOf(question, rows[String(row.value)]) }))
  }
  if (Array.isArray(value)) return [...value.map((code) => ({ text: wordsOf(question, code) })), ...other]
  if (question.type === 'text' && question.inputType === 'date' && typeof value === 'string')
    return [{ text: dateInWords(value) }]
  return 'choices' in question
    ? [{ text: wordsOf(question, value) }, ...other]
    : [{ text: typeof value === 'string' ? value : JSON.stringify(value) }]
}

function dateInWords(date: string): string {
  const instant = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(instant.getTime())
    ? date
    : instant.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
}
