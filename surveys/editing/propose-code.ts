// Codes and names proposed from what people read, so that nobody has to invent them: `Don't know` becomes dont_know.
import { reservedNames } from '../checking/check-question-set.ts'
import type { Code } from '../question-set.ts'

const maxLength = 64
const maxNameWords = 5
/** Words that say nothing about what a question is about. */
const emptyWords = new Set(
  (
    'a about an and any are as at be been by can could did do does each for from had has have how if in into is it its much many ' +
    'of on or our so that the their them these they this those to was we were what when where which who why will with would you your'
  ).split(' '),
)

/** Small letters, digits and _ of a text: accents are dropped, an apostrophe joins (dont), anything else divides. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/['’‘]/g, '').toLowerCase()
  return plain.split(/[^a-z0-9]+/).filter((word) => word !== '')
}

/** As many whole words as fit, starting with a letter. */
function joinUpTo(words: string[], prefix: string, length: number): string {
  const all = /^[a-z]/.test(words[0] ?? '') ? words : [prefix, ...words]
  let joined = (all[0] ?? '').slice(0, length)
  for (const word of all.slice(1)) {
    if (joined.length + 1 + word.length > length) break
    joined += `_${word}`
  }
  return joined
}

function makeUnique(words: string[], prefix: string, taken: Iterable<Code>): string {
  const used = new Set<Code>([...taken, ...reservedNames])
  const first = joinUpTo(words, prefix, maxLength)
  if (!used.has(first)) return first
  for (let number = 2; ; number += 1) {
    const suffix = `_${number}`
    const next = joinUpTo(words, prefix, maxLength - suffix.length) + suffix
    if (!used.has(next)) return next
  }
}

/**
 * A code for the label of a choice, row, column or group, unlike those `taken` in its list; what is taken gets _2, _3 and so on. It keeps
 * to nameSchema; a label without Latin letters or digits becomes *choice*.
 */
export function proposeCode(label: string, taken: Iterable<Code> = []): string {
  // not_stated is the code of those who gave no answer.
  return makeUnique(wordsOf(label), 'choice', [...taken, 'not_stated'])
}

/** A name for a question or page from its text: its first five words that say something. `taken`: names of pages and questions. */
export function proposeName(text: string, taken: Iterable<string> = []): string {
  const words = wordsOf(text)
  const telling = words.filter((word) => !emptyWords.has(word))
  return makeUnique((telling.length > 0 ? telling : words).slice(0, maxNameWords), 'question', taken)
}
