// Questions answered by choosing: their choices, and the extra ones that SurveyJS keeps beside them.
import type { Code } from '../../../surveys/question-set.ts'
import type { Base, Made, Reading } from './convert-question.ts'
import { readItems, type Item, type Items } from './read-choices.ts'
import { readText } from './read-text.ts'
import type { Source } from './source.ts'

const most = 200

type ChoiceType = 'radiogroup' | 'dropdown' | 'checkbox'

/** What our three types of choice are called in SurveyJS, with a word about those that look different. */
function typeOf(source: Source, place: string, { tell }: Reading): ChoiceType {
  const { type } = source
  if (type === 'radiogroup' || type === 'dropdown' || type === 'checkbox') return type
  const becomes =
    type === 'tagbox' || (type === 'imagepicker' && source.multiSelect === true) ? 'checkbox' : 'radiogroup'
  tell(place, `${String(type)} became ${becomes === 'checkbox' ? 'several choices' : 'a single choice'}`)
  return becomes
}

/** Choices to offer where `choices` has none: of a rating its numbers, of a boolean yes and no. */
function listOf(source: Source, place: string, reading: Reading): Items {
  if (source.type === 'boolean') return yesAndNo(source, place, reading)
  if (source.type === 'rating') return ratingOf(source, place, reading)
  return readItems(source.choices, `${place}.choices`, 'code', reading)
}

function yesAndNo(source: Source, place: string, { tell }: Reading): Items {
  const yes: Item = { value: 'yes', text: readText(source.labelTrue, `${place}.labelTrue`, tell) ?? 'Yes' }
  const no: Item = { value: 'no', text: readText(source.labelFalse, `${place}.labelFalse`, tell) ?? 'No' }
  return {
    items: [yes, no],
    codes: new Map([
      [valueOf(source.valueTrue, true), 'yes'],
      [valueOf(source.valueFalse, false), 'no'],
    ]),
  }
}

const valueOf = (value: unknown, usual: boolean): string =>
  String(typeof value === 'string' || typeof value === 'number' ? value : usual)

function ratingOf(source: Source, place: string, reading: Reading): Items {
  const written = Array.isArray(source.rateValues) && source.rateValues.length > 0
  const read = written
    ? readItems(source.rateValues, `${place}.rateValues`, 'code', reading)
    : readItems(rateNumbers(source), place, 'code', reading)
  const ends: [Item | undefined, string][] = [
    [read.items[0], 'minRateDescription'],
    [read.items.at(-1), 'maxRateDescription'],
  ]
  for (const [item, key] of ends) {
    const words = readText(source[key], `${place}.${key}`, reading.tell)
    if (item && words !== undefined) item.text = `${item.text} – ${words}`.slice(0, 2000)
  }
  return read
}

function rateNumbers({ rateMin, rateMax, rateStep, rateCount }: Source): number[] {
  const from = typeof rateMin === 'number' ? rateMin : 1
  const step = typeof rateStep === 'number' && rateStep > 0 ? rateStep : 1
  const to = typeof rateMax === 'number' ? rateMax : from + step * ((typeof rateCount === 'number' ? rateCount : 5) - 1)
  const numbers: number[] = []
  for (let rate = from; rate <= to && numbers.length <= most; rate += step) numbers.push(rate)
  return numbers
}

interface Extra {
  /** Either of its two names. */
  shown: readonly [string, string]
  text: string
  words: string
  /** The value that SurveyJS stores, and our code. */
  value: string
  code: string
}
const extras: readonly Extra[] = [
  { shown: ['showNoneItem', 'hasNone'], text: 'noneText', words: 'None', value: 'none', code: 'none' },
  {
    shown: ['showRefuseItem', 'hasRefuse'],
    text: 'refuseText',
    words: 'Prefer not to say',
    value: 'refused',
    code: 'refused',
  },
  {
    shown: ['showDontKnowItem', 'hasDontKnow'],
    text: 'dontKnowText',
    words: 'Don’t know',
    value: 'dontknow',
    code: 'dont_know',
  },
]
const extraKeys = extras.flatMap(({ shown, text }) => [...shown, text])
const ofRating = [
  'rateValues',
  'rateMin',
  'rateMax',
  'rateStep',
  'rateCount',
  'minRateDescription',
  'maxRateDescription',
]
const ofBoolean = ['labelTrue', 'labelFalse', 'valueTrue', 'valueFalse']

export function convertChoices(source: Source, base: Base, place: string, reading: Reading): Made | undefined {
  const type = typeOf(source, place, reading)
  const { items, codes } = listOf(source, place, reading)
  for (const extra of extras) if (extra.shown.some((key) => source[key] === true)) offer(extra)
  const choices = withoutOther(items)
  if (choices.length < 1 || choices.length > most) return undefined
  const other = otherOf(source, place, reading)
  if (other.showOtherItem) codes.set('other', 'other')
  const special = source.type === 'rating' ? ofRating : source.type === 'boolean' ? ofBoolean : ['choices']
  const looked = [...special, ...extraKeys, 'showOtherItem', 'hasOther', 'otherText']
  if (type !== 'checkbox') return { question: { type, ...base, choices: alike(choices), ...other }, codes, looked }
  const { maxSelectedChoices: limit } = source
  const kept = typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= choices.length
  const atMost = kept ? { maxSelectedChoices: limit } : {}
  // 0 is how SurveyJS writes that there is no limit.
  if (kept || limit === 0) looked.push('maxSelectedChoices')
  return { question: { type, ...base, choices, ...other, ...atMost }, codes, looked }

  function offer({ text, words, value, code }: Extra) {
    const known = items.find((item) => item.value === code || item.value === value)
    const label = readText(source[text], `${place}.${text}`, reading.tell) ?? words
    const item = known ?? { value: code, text: label }
    if (type === 'checkbox') item.isExclusive = true
    if (!known) items.push(item)
    codes.set(value, item.value)
  }

  /** `other` can be one of the choices or the place for another answer, not both. */
  function withoutOther(list: Item[]): Item[] {
    if (source.showOtherItem !== true && source.hasOther !== true) return list
    const rest = list.filter(({ value }) => value !== 'other')
    if (rest.length < list.length)
      reading.tell(`${place}.choices`, 'the choice “other” is the one with a text beside it')
    return rest
  }

  function alike(list: Item[]): { value: Code; text: string }[] {
    return list.map(({ value, text, isExclusive }, index) => {
      if (isExclusive)
        reading.tell(`${place}.choices.${index}.isExclusive`, 'of a single choice, every one excludes the others')
      return { value, text }
    })
  }
}

function otherOf(source: Source, place: string, { tell }: Reading): { showOtherItem?: boolean; otherText?: string } {
  const shown = source.showOtherItem ?? source.hasOther
  if (typeof shown !== 'boolean') return {}
  const otherText = readText(source.otherText, `${place}.otherText`, tell)
  return { showOtherItem: shown, ...(otherText === undefined ? {} : { otherText }) }
}
