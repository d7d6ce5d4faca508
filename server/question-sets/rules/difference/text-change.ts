import { changeOf } from './change.ts'
import { type Change } from '../../../../surveys/stated-change.ts'

// Not between digits or at the head of a number (.5, -5), where it makes another number, and no sign that is read as a word (% & / + £).
const punctuation = /(?<!\d)['’‘"“”;:!?()…]+|(?<!\d)[.,]+(?!\d)|['’‘"“”.,;:!?()…]+(?!\d)/g
const dash = /(?<=[\p{L}\p{N}])[-–—]|[-–—](?!\d)/gu

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .replace(dash, ' ')
    .replace(punctuation, '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')

const mostLetters = 2
const mostWords = 3

/** Whether one word becomes the other by at most so many letters put in, left out or replaced. */
function isWithin(before: string, after: string, letters: number): boolean {
  let same = 0
  while (same < before.length && before[same] === after[same]) same++
  const [was, is] = [before.slice(same), after.slice(same)]
  if (was === '' || is === '') return was.length + is.length <= letters
  const ways = [
    [was.slice(1), is.slice(1)],
    [was.slice(1), is],
    [was, is.slice(1)],
  ] as const
  return letters > 0 && ways.some(([a, b]) => isWithin(a, b, letters - 1))
}

const isWord = (word: string) => /^\p{L}+$/u.test(word)

/** A word of which no letter stayed is another word. */
const isRespelt = (before: string, after: string): boolean =>
  isWord(before) &&
  isWord(after) &&
  isWithin(before, after, Math.min(mostLetters, Math.max(before.length, after.length) - 1))

/**
 * A *correction* of a text touches capitals, spaces and punctuation alone; all else is *wording*. *respelt*: it may have mended a slip, as
 * no more than a letter or two of a few words differ. Whether it did, only a person can say.
 */
export function classOfTextChange(before: string, after: string): 'correction' | 'respelt' | 'wording' {
  const [was, is] = [wordsOf(before), wordsOf(after)]
  if (was.length !== is.length) return 'wording'
  const others = was.flatMap((word, index): [string, string][] => (word === is[index] ? [] : [[word, is[index]!]]))
  if (others.length === 0) return 'correction'
  const slips = others.every(([one, other]) => isRespelt(one, other))
  return slips && others.length <= mostWords ? 'respelt' : 'wording'
}

/** A text that respondents read: mended, or worded anew. */
export function textChange(
  place: string,
  what: string,
  before: string | undefined,
  after: string | undefined,
): Change[] {
  const found = before !== undefined && after !== undefined ? classOfTextChange(before, after) : 'wording'
  const respelt = found === 'respelt'
  return changeOf(place, what, respelt ? 'wording' : found, before, after).map((change) =>
    respelt ? { ...change, respelt } : change,
  )
}
