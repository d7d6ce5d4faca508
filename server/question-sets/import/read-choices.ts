import type { Code } from '../../../surveys/question-set.ts'
import { codeAll } from './propose-names.ts'
import { readText } from './read-text.ts'
import { isObject, quote, tellOthers, type Reading, type Tell } from './source.ts'

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

type Read = Omit<Item, 'value'> & { value: string | number | boolean }

/** The choices, rows or columns of a question; none where the file has none, or more than 200. A value that is there twice becomes a problem. */
export function readItems(list: unknown, place: string, { tell, refuse }: Reading): Items {
  const given = Array.isArray(list) ? (list as unknown[]) : []
  if (given.length > mostItems) return { items: [], codes: new Map() }
  const read = given.flatMap((item, index): Read[] => {
    const found = readItem(item, `${place}.${index}`, tell)
    if (!found) tell(`${place}.${index}`, 'this has no value, and is left out')
    return found ? [found] : []
  })
  const codes = codeAll(read)
  const values = read.map(({ value }) => String(value))
  const items = read.map((item, index): Item => ({ ...item, value: codes[index]! }))
  for (const [index, value] of values.entries())
    if (values.indexOf(value) < index || codes.indexOf(codes[index]!) < index)
      refuse({ place: `${place}.${index}`, message: `${quote(value)} is there twice` })
  const changed = read.flatMap(({ value }, index) =>
    value === codes[index] ? [] : [`${quote(value)} as ${codes[index]}`],
  )
  if (changed.length > 0) tell(place, `codes are written anew: ${changed.slice(0, 20).join(', ')}`)
  return { items, codes: new Map(values.map((value, index) => [value, codes[index]!])) }
}

/** One entry: a value, or an object. A blank text is the value, as SurveyJS shows it. */
function readItem(given: unknown, place: string, tell: Tell): Read | undefined {
  const { value, text, isExclusive, ...others } = isObject(given) ? given : { value: given }
  if ((typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') || value === '')
    return undefined
  tellOthers(others, place, [], tell)
  const words = readText(text, `${place}.text`, tell) ?? readText(value, `${place}.value`, tell)
  if (words === undefined) tell(`${place}.text`, 'a choice has words: “Answer” here')
  return { value, text: words ?? 'Answer', ...(typeof isExclusive === 'boolean' ? { isExclusive } : {}) }
}
