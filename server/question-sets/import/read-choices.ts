import type { Problem } from '../../../surveys/checking/check-question-set.ts'
import type { Code } from '../../../surveys/question-set.ts'
import { codeAll } from './propose-names.ts'
import { readText } from './read-text.ts'
import { isObject, quote, tellOthers, type Tell } from './source.ts'

export interface Item {
  value: Code
  text: string
  isExclusive?: boolean
}
export interface Items {
  items: Item[]
  /** The code of each value of the file, by that value as text. */
  codes: Map<string, Code>
}

/** The most choices of any question; a longer list is not looked at. */
const mostItems = 200

interface Read {
  value: string | number | boolean
  text: string
  isExclusive: boolean | undefined
}

/** The choices, rows or columns of a question; none where the file has none, or more than 200. A value that is there twice becomes a problem. */
export function readItems(
  list: unknown,
  place: string,
  prefix: string,
  { tell, refuse }: { tell: Tell; refuse: (problem: Problem) => void },
): Items {
  const given = Array.isArray(list) ? (list as unknown[]) : []
  if (given.length > mostItems) return { items: [], codes: new Map() }
  const read = given.flatMap((item, index): Read[] => {
    const found = readItem(item, `${place}.${index}`, tell)
    if (!found) tell(`${place}.${index}`, 'this has no value, and is left out')
    return found ? [found] : []
  })
  const codes = codeAll(read, prefix)
  const values = read.map(({ value }) => String(value))
  for (const [index, value] of values.entries())
    if (values.indexOf(value) < index || codes.indexOf(codes[index] ?? '') < index)
      refuse({ place: `${place}.${index}`, message: `${quote(value)} is there twice` })
  const changed = read.flatMap(({ value }, index) =>
    value === codes[index] ? [] : [`${quote(value)} as ${codes[index]}`],
  )
  if (changed.length > 0) tell(place, `codes are written anew: ${changed.slice(0, 20).join(', ')}`)
  return {
    items: read.map(({ text, isExclusive }, index) => ({
      value: codes[index] ?? prefix,
      text,
      ...(isExclusive === undefined ? {} : { isExclusive }),
    })),
    codes: new Map(read.map(({ value }, index) => [String(value), codes[index] ?? prefix])),
  }
}

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value) && value !== ''

/** One entry: a value, `value|text`, or an object. */
function readItem(item: unknown, place: string, tell: Tell): Read | undefined {
  if (!isObject(item)) {
    if (!isPlain(item)) return undefined
    const [value = '', ...text] = typeof item === 'string' ? item.split('|') : [String(item)]
    if (text.length === 0) return labelled(item, item, place, tell)
    return isPlain(value) ? labelled(value, text.join('|'), place, tell) : undefined
  }
  if (!isPlain(item.value)) return undefined
  tellOthers(item, place, ['value', 'text', 'isExclusive'], tell)
  const isExclusive = typeof item.isExclusive === 'boolean' ? item.isExclusive : undefined
  return { ...labelled(item.value, item.text ?? item.value, place, tell), isExclusive }
}

/** A blank text is the value, as SurveyJS shows it. */
function labelled(value: Read['value'], text: unknown, place: string, tell: Tell): Read {
  const label = readText(text, `${place}.text`, tell) ?? readText(value, `${place}.value`, tell)
  if (label === undefined) tell(`${place}.text`, 'a choice has words: “Answer” here')
  return { value, text: label ?? 'Answer', isExclusive: undefined }
}
