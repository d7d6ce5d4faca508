import type { Code, Question } from '../../surveys/question-set.ts'

const textOf = (items: readonly { value: Code; text: string }[], code: unknown): string =>
  items.find(({ value }) => value === code)?.text ?? String(code)

/** An answer in the words that it was given in; "Not answered" where there is none. */
export function answerInWords(question: Question, answer: unknown): string {
  if (answer === undefined || answer === null) return 'Not answered'
  if (question.type === 'matrix') {
    const rows = answer as Record<string, unknown>
    return question.rows
      .filter(({ value }) => rows[String(value)] !== undefined)
      .map(({ value, text }) => `${text}: ${textOf(question.columns, rows[String(value)])}`)
      .join('; ')
  }
  if (!('choices' in question)) return typeof answer === 'string' ? answer : JSON.stringify(answer)
  const items = question.showOtherItem
    ? [...question.choices, { value: 'other', text: question.otherText ?? 'Other' }]
    : question.choices
  return [answer]
    .flat()
    .map((code) => textOf(items, code))
    .join(', ')
}
