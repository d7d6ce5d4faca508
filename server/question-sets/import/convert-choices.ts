// Questions answered by choosing: their choices, and the extra ones that SurveyJS keeps beside them.
import { readItems, type Item, type Items } from './read-choices.ts'
import { readText } from './read-text.ts'
import type { Base, Made, Reading, Source } from './source.ts'

const most = 200

/** The types of SurveyJS that become choices, and which of ours each becomes. */
export const choiceTypes: Record<string, 'radiogroup' | 'dropdown' | 'checkbox'> = {
  radiogroup: 'radiogroup',
  dropdown: 'dropdown',
  checkbox: 'checkbox',
  tagbox: 'checkbox',
  rating: 'radiogroup',
  boolean: 'radiogroup',
}

/** The choices of a question as SurveyJS offers them: of a rating its numbers, of a boolean yes and no. */
function readOffered(source: Source, place: string, reading: Reading): Items & { looked: string[] } {
  if (source.type === 'rating') return readRating(source, place, reading)
  if (source.type === 'boolean') {
    const textOf = (key: string) => readText(source[key], `${place}.${key}`, reading.tell)
    const yes: Item = { value: 'yes', text: textOf('labelTrue') ?? 'Yes' }
    const no: Item = { value: 'no', text: textOf('labelFalse') ?? 'No' }
    const codes = new Map([
      ['true', yes.value],
      ['false', no.value],
    ])
    return { items: [yes, no], codes, looked: ['labelTrue', 'labelFalse'] }
  }
  return { ...readItems(source.choices, `${place}.choices`, reading), looked: ['choices'] }
}

function readRating(source: Source, place: string, reading: Reading): Items & { looked: string[] } {
  const whole = (value: unknown) => (Number.isInteger(value) ? (value as number) : undefined)
  const from = whole(source.rateMin) ?? 1
  const to = whole(source.rateMax) ?? from + (whole(source.rateCount) ?? 5) - 1
  const numbers = Array.from({ length: Math.max(0, Math.min(to - from, most) + 1) }, (_, index) => from + index)
  const read = readItems(source.rateValues ?? numbers, `${place}.rateValues`, reading)
  const ends = [
    [read.items[0], 'minRateDescription'],
    [read.items.at(-1), 'maxRateDescription'],
  ] as const
  for (const [item, key] of ends) {
    const words = readText(source[key], `${place}.${key}`, reading.tell)
    if (item && words !== undefined) item.text = `${item.text} – ${words}`.slice(0, 2000)
  }
  return { ...read, looked: ['rateValues', 'rateMin', 'rateMax', 'rateCount', ...ends.map(([, key]) => key)] }
}

/** Choices that are kept as switches: their switch and its older name, the key of their text, their usual text, value and our code. */
const extras = [
  ['showNoneItem', 'hasNone', 'noneText', 'None', 'none', 'none'],
  ['showRefuseItem', '', 'refuseText', 'Prefer not to say', 'refused', 'refused'],
  ['showDontKnowItem', '', 'dontKnowText', 'Don’t know', 'dontknow', 'dont_know'],
] as const
const looked = [...extras.flatMap(([on, older, text]) => [on, older, text]), 'showOtherItem', 'hasOther', 'otherText']

/** Adds the extra choices that are switched on, each excluding the others. */
function addExtras(source: Source, place: string, { tell }: Reading, { items, codes }: Items): void {
  for (const [shown, older, key, usual, value, code] of extras) {
    if (source[shown] !== true && source[older] !== true) continue
    const known = items.find((item) => item.value === code || item.value === value)
    const item = known ?? { value: code, text: readText(source[key], `${place}.${key}`, tell) ?? usual }
    item.isExclusive = true
    if (!known) items.push(item)
    codes.set(value, item.value)
  }
}

/** Undefined where it has no choices, or too many. */
export function convertChoices(source: Source, base: Base, place: string, reading: Reading): Made | undefined {
  const type = choiceTypes[String(source.type)] ?? 'radiogroup'
  if (type !== source.type)
    reading.tell(place, `${String(source.type)} became ${type === 'checkbox' ? 'several choices' : 'a single choice'}`)
  const offered = readOffered(source, place, reading)
  addExtras(source, place, reading, offered)
  const { items, codes } = offered
  const other = readOther(source, place, reading)
  if (other.showOtherItem) codes.set('other', 'other')
  // `other` can be one of the choices or the place for another answer, not both.
  const choices = items.filter(({ value }) => !other.showOtherItem || value !== 'other')
  if (choices.length < items.length)
    reading.tell(`${place}.choices`, 'the choice “other” is the one with a text beside it')
  if (choices.length < 1 || choices.length > most) return undefined
  const made = { codes, looked: [...offered.looked, ...looked] }
  if (type === 'checkbox')
    return { question: { type, ...base, choices, ...other, ...mostOf(source, choices, made) }, ...made }
  // Of a single choice, every one excludes the others.
  const alike = choices.map(({ value, text }) => ({ value, text }))
  return { question: { type, ...base, choices: alike, ...other }, ...made }
}

function mostOf({ maxSelectedChoices }: Source, choices: readonly Item[], { looked }: { looked: string[] }) {
  const limit = Number.isInteger(maxSelectedChoices) ? (maxSelectedChoices as number) : -1
  // 0 is how SurveyJS writes that there is no limit.
  if (limit >= 0 && limit <= choices.length) looked.push('maxSelectedChoices')
  return limit >= 1 && limit <= choices.length ? { maxSelectedChoices: limit } : {}
}

function readOther(source: Source, place: string, { tell }: Reading): { showOtherItem?: boolean; otherText?: string } {
  const shown = source.showOtherItem ?? source.hasOther
  if (typeof shown !== 'boolean') return {}
  const otherText = readText(source.otherText, `${place}.otherText`, tell)
  return { showOtherItem: shown, ...(otherText === undefined ? {} : { otherText }) }
}
