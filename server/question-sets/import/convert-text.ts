// Questions answered by writing: texts, numbers and dates.
import type { Base, Made, Reading, Source, Tell } from './source.ts'

const shortText = { usual: 200, most: 500 }
const longText = { usual: 2000, most: 10_000 }
const numbers = { min: 0, max: 1_000_000 }

export function convertText(source: Source, base: Base, place: string, { tell }: Reading): Made {
  if (source.type === 'comment') {
    const maxLength = lengthOf(source, place, longText, tell)
    return { question: { type: 'comment', ...base, maxLength }, looked: ['maxLength'] }
  }
  const { inputType } = source
  if (inputType === 'number')
    return {
      question: { type: 'text', ...base, inputType, ...limitsOf(source, place, tell) },
      looked: ['inputType', 'min', 'max'],
    }
  if (inputType === 'date') return { question: { type: 'text', ...base, inputType }, looked: ['inputType'] }
  const stated = inputType === 'text' ? { inputType: 'text' as const } : {}
  if (inputType !== undefined && inputType !== 'text')
    tell(`${place}.inputType`, 'this became a short text: how it is written is not checked')
  const maxLength = lengthOf(source, place, shortText, tell)
  return { question: { type: 'text', ...base, ...stated, maxLength }, looked: ['inputType', 'maxLength'] }
}

function lengthOf({ maxLength }: Source, place: string, { usual, most }: typeof shortText, tell: Tell): number {
  const given = typeof maxLength === 'number' && Number.isInteger(maxLength) && maxLength > 0
  if (given && maxLength <= most) return maxLength
  const limit = given ? most : usual
  tell(`${place}.maxLength`, `an answer has a limit: ${limit} characters here`)
  return limit
}

function limitsOf(source: Source, place: string, tell: Tell): { min: number; max: number } {
  const whole = (value: unknown) => (typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined)
  const [min, max] = [whole(source.min), whole(source.max)]
  if (min !== undefined && max !== undefined && min <= max) return { min, max }
  const from = min ?? Math.min(numbers.min, max ?? 0)
  const limits = { min: from, max: max !== undefined && max >= from ? max : Math.max(numbers.max, from) }
  tell(place, `a number is whole and has limits: ${limits.min} to ${limits.max} here`)
  return limits
}
