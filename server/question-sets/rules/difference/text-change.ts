import dictionary from 'dictionary-en-gb'
import { distance } from 'fastest-levenshtein'
import nspell from 'nspell'
import { changeOf, type Change, type ChangeClass } from './change.ts'

let speller: ReturnType<typeof nspell> | undefined
// Read when it is first needed: it takes a tenth of a second.
const isWord = (word: string) =>
  (speller ??= nspell(Buffer.from(dictionary.aff), Buffer.from(dictionary.dic))).correct(word)

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

const mostLettersChanged = 2

/** A word that the dictionary does not know became one that it knows, by a letter or two. */
const isRespelt = (before: string, after: string): boolean =>
  /^\p{L}+$/u.test(before) && distance(before, after) <= mostLettersChanged && !isWord(before) && isWord(after)

/** Whether a changed text was only put right: the same words but for punctuation, capitals, spaces and the mending of what is no word. */
export function classOfTextChange(before: string, after: string): Extract<ChangeClass, 'correction' | 'wording'> {
  const [was, is] = [wordsOf(before), wordsOf(after)]
  const same = was.length === is.length && was.every((word, index) => word === is[index] || isRespelt(word, is[index]!))
  return same ? 'correction' : 'wording'
}

/** A text that respondents read: mended, or worded anew. */
export const textChange = (
  place: string,
  what: string,
  before: string | undefined,
  after: string | undefined,
): Change[] =>
  changeOf(
    place,
    what,
    before !== undefined && after !== undefined ? classOfTextChange(before, after) : 'wording',
    before,
    after,
  )
