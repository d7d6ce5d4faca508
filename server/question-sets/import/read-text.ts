import { cleanText } from '../../../surveys/definition/text.ts'
import { isObject, quote, type Tell } from './source.ts'

const longest = 2000

const inWords: readonly (readonly [sign: RegExp, words: string])[] = [
  [/\{[^{}]*\}/g, '…'],
  [/[{}]/g, ' '],
  [/->/g, ' → '],
  [/<=/g, ' at most '],
  [/>=/g, ' at least '],
  [/</g, ' less than '],
  [/>/g, ' more than '],
]

/** A text of the file in English, or else its default, as plain text; undefined where there is none. */
export function readText(value: unknown, place: string, tell: Tell): string | undefined {
  const chosen = inEnglish(value, place, tell) ?? ''
  if (typeof chosen !== 'string' && typeof chosen !== 'number' && typeof chosen !== 'boolean') {
    tell(place, 'this is not a text, and is left out')
    return undefined
  }
  const clean = cleanText(String(chosen))
  const plain = /[<>{}]/.test(clean) ? withoutSigns(clean, place, tell) : clean
  if (plain.length <= longest) return plain === '' ? undefined : plain
  tell(place, `a text has ${longest} characters at most: the rest is cut off`)
  return `${cleanText(plain.slice(0, longest - 1))}…`
}

/** Of a text in several languages the English one, or else its default; anything else as it is. */
export function inEnglish(texts: unknown, place: string, tell: Tell): unknown {
  if (!isObject(texts)) return texts
  const english = Object.keys(texts).find((language) => /^en(-[A-Za-z]{2})?$/.test(language)) ?? 'default'
  const others = Object.keys(texts).filter((language) => language !== english && texts[language] !== texts[english])
  if (others.length > 0) tell(place, `only one language is kept: not ${quote(others.join(', '))}`)
  return texts[english]
}

function withoutSigns(text: string, place: string, tell: Tell): string {
  const words = inWords.reduce((changed, [sign, by]) => changed.replace(sign, by), text.slice(0, 2 * longest))
  const plain = words.replace(/ {2,}/g, ' ').trim()
  tell(place, `answers are not put into texts, and < > are written in words: ${quote(text)} became ${quote(plain)}`)
  return plain
}
