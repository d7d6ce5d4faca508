import type { Answers, Code, Page, Question } from '../../surveys/question-set.ts'

/** What stands in the plain form's fields now: a person may have answered before SurveyJS had loaded. */
export function readTypedAnswers(form: HTMLFormElement, page: Page): Answers {
  const fields = new FormData(form)
  const answers: Answers = {}
  for (const question of page.elements) {
    const answer = readAnswer(fields, question)
    if (answer !== undefined) answers[question.name] = answer
    const other = textOf(fields, `${question.name}-Comment`)
    if (other && 'showOtherItem' in question) answers[`${question.name}-Comment`] = other
  }
  return answers
}

const textOf = (fields: FormData, name: string): string => {
  const value = fields.get(name)
  return typeof value === 'string' ? value : ''
}

/** The declared code of a field's text: a form knows no numbers. */
const codeOf = (items: readonly { value: Code }[], text: string): Code | undefined => items.find((item) => String(item.value) === text)?.value ?? (text === 'other' ? 'other' : undefined)

function readAnswer(fields: FormData, question: Question): unknown {
  switch (question.type) {
    case 'radiogroup':
    case 'dropdown':
      return codeOf(question.choices, textOf(fields, question.name))
    case 'checkbox': {
      const codes = fields.getAll(question.name).map((text) => codeOf(question.choices, String(text as string)))
      return codes.length > 0 ? codes.filter((code) => code !== undefined) : undefined
    }
    case 'matrix': {
      const rows = question.rows.map((row) => [String(row.value), codeOf(question.columns, textOf(fields, `${question.name}.${row.value}`))] as const)
      const answered = rows.filter(([, code]) => code !== undefined)
      return answered.length > 0 ? Object.fromEntries(answered) : undefined
    }
    case 'text':
      return question.inputType === 'date' ? readDate(fields, question.name) : readText(textOf(fields, question.name), question.inputType === 'number')
    case 'comment':
      return textOf(fields, question.name) || undefined
  }
}

const readText = (text: string, number: boolean): unknown => (text === '' ? undefined : number && /^\s*-?\d{1,15}\s*$/.test(text) ? Number(text) : text)

function readDate(fields: FormData, name: string): string | undefined {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => textOf(fields, `${name}-${part}`).trim())
  return day || month || year ? `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}` : undefined
}
