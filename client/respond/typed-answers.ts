import { questionsOf } from '../../surveys/notes.ts'
import type { Code, Page, Question } from '../../surveys/question-set.ts'

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement
type Typed = [name: string, answer: unknown]

/** The answers that a person has changed in the plain form before SurveyJS had loaded, by name; undefined where one was taken back. */
export function readTypedAnswers(form: HTMLFormElement, page: Page): Typed[] {
  const fields = new FormData(form)
  const touched = new Set(
    [...form.elements]
      .filter(isControl)
      .filter(isTouched)
      .map((control) => control.name),
  )
  return questionsOf(page).flatMap((question): Typed[] => {
    const comment = `${question.name}-Comment`
    return [
      ...(namesOf(question).some((name) => touched.has(name))
        ? [[question.name, readAnswer(fields, question)] satisfies Typed]
        : []),
      ...(touched.has(comment) ? [[comment, textOf(fields, comment) || undefined] satisfies Typed] : []),
    ]
  })
}

const isControl = (element: Element): element is Control =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement

/** Whether a control shows something else than the server's page did. */
function isTouched(control: Control): boolean {
  if (control instanceof HTMLSelectElement)
    return [...control.options].some((option) => option.selected !== option.defaultSelected && option.value !== '')
  if (control.type === 'radio' || control.type === 'checkbox')
    return (control as HTMLInputElement).checked !== (control as HTMLInputElement).defaultChecked
  return control.value !== control.defaultValue
}

const dateParts = ['day', 'month', 'year']

/** The form's fields of a question. */
function namesOf(question: Question): string[] {
  if (question.type === 'matrix') return question.rows.map((row) => `${question.name}.${row.value}`)
  if (question.type === 'text' && question.inputType === 'date')
    return dateParts.map((part) => `${question.name}-${part}`)
  return [question.name]
}

function textOf(fields: FormData, name: string): string {
  const value = fields.get(name)
  return typeof value === 'string' ? value : ''
}

/** The declared code of a field's text: a form knows no numbers. */
const codeOf = (items: readonly { value: Code }[], text: string): Code | undefined =>
  items.find((item) => String(item.value) === text)?.value ?? (text === 'other' ? 'other' : undefined)

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
      const rows = question.rows.map(
        (row) =>
          [String(row.value), codeOf(question.columns, textOf(fields, `${question.name}.${row.value}`))] as const,
      )
      const answered = rows.filter(([, code]) => code !== undefined)
      return answered.length > 0 ? Object.fromEntries(answered) : undefined
    }
    case 'text':
      return question.inputType === 'date'
        ? readDate(fields, question.name)
        : readText(textOf(fields, question.name), question.inputType === 'number')
    case 'comment':
      return textOf(fields, question.name) || undefined
  }
}

const readText = (text: string, number: boolean): unknown =>
  text === '' ? undefined : number && /^\s*-?\d{1,15}\s*$/.test(text) ? Number(text) : text

function readDate(fields: FormData, name: string): string | undefined {
  const [day, month, year] = dateParts.map((part) => textOf(fields, `${name}-${part}`).trim())
  return day || month || year ? `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}` : undefined
}
