import { datePartsOf } from '../../../surveys/definition/form-values.ts'
import type { Answers, Question } from '../../../surveys/question-set.ts'
import type { FormBody } from './form-changes.ts'

/** What stands in a form's fields, by field name: none, one, or several values. */
export type Fields = (name: string) => string[]

/** The fields as they were sent, to show a refused page again with what was typed. */
export function fieldsFromBody(body: FormBody): Fields {
  return (name) => {
    const value = Object.hasOwn(body, name) ? body[name] : undefined
    return [value].flat().filter((item) => typeof item === 'string')
  }
}

/** The fields that show stored answers. */
export function fieldsFromAnswers(questions: readonly Question[], answers: Answers): Fields {
  const fields = new Map(questions.flatMap((question) => fieldsOf(question, answers)))
  return (name) => fields.get(name) ?? []
}

type Field = readonly [name: string, values: string[]]

const text = (value: unknown): string[] =>
  typeof value === 'string' || typeof value === 'number' ? [String(value)] : []

function fieldsOf(question: Question, answers: Answers): Field[] {
  const { name } = question
  const value = answers[name]
  const comment: Field = [`${name}-Comment`, text(answers[`${name}-Comment`])]
  switch (question.type) {
    case 'checkbox':
      return [[name, Array.isArray(value) ? value.flatMap(text) : []], comment]
    case 'matrix': {
      const rows = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
      return question.rows.map((row) => [`${name}.${row.value}`, text(rows[String(row.value)])])
    }
    case 'text':
      return question.inputType === 'date' ? dateFields(name, value) : [[name, text(value)]]
    default:
      return [[name, text(value)], comment]
  }
}

function dateFields(name: string, value: unknown): Field[] {
  return Object.entries(datePartsOf(value)).map(
    ([part, typed]) => [`${name}-${part}`, typed ? [typed as string] : []] as const,
  )
}

/** Every field name that a question's form may send. */
export function fieldNames(question: Question): string[] {
  if (question.type === 'matrix') return question.rows.map((row) => `${question.name}.${row.value}`)
  if (question.type === 'text' && question.inputType === 'date')
    return ['day', 'month', 'year'].map((part) => `${question.name}-${part}`)
  return [question.name, `${question.name}-Comment`]
}
