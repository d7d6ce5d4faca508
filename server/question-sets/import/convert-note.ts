// An element of HTML as a heading or paragraph: its words, without the markup around them.
import type { Note } from '../../../surveys/question-set.ts'
import { cleanText } from '../../../surveys/definition/text.ts'
import { isProvenance } from './convert-question.ts'
import type { SourceQuestion } from './flatten-survey.ts'
import { inEnglish, readText } from './read-text.ts'
import { quote, tellOthers, type Tell } from './source.ts'

const looked = ['type', 'name', 'title', 'html', 'provenance', 'visibleIf', 'visible']

/** Undefined where it has no words: told. Script in it was refused before (`findAttacks`). */
export function convertNote(
  { source, place, name: given }: SourceQuestion,
  name: string,
  tell: Tell,
): Note | undefined {
  const chosen = inEnglish(source.html, `${place}.html`, tell)
  const written = typeof chosen === 'string' ? chosen : (readText(chosen, `${place}.html`, tell) ?? '')
  if (hasMarkup(written)) tell(`${place}.html`, 'markup is not kept, its words are')
  const { heading, paragraphs } = withoutMarkup(written)
  const own = readText(source.title, `${place}.title`, tell)
  const title = own ?? readText(heading, `${place}.html`, tell)
  const all = own === undefined || heading === undefined ? paragraphs : [heading, ...paragraphs]
  const text = readText(all.join('\n\n'), `${place}.html`, tell)
  if (title === undefined && text === undefined) {
    tell(place, `${quote(given || name)} is left out: it has no words`)
    return undefined
  }
  const note: Note = { type: 'html', name }
  if (title !== undefined) note.title = title
  if (text !== undefined) note.html = text
  if (isProvenance(source.provenance)) note.provenance = source.provenance
  tellOthers(source, place, looked, tell)
  if (name !== given && given !== '') tell(`${place}.name`, `the name ${quote(given)} became ${name}`)
  return note
}

// What browsers read as markup. Every pattern takes time in proportion to the text.
const unread = /<!--[^]*?(?:-->|$)|<style\b[^]*?(?:<\/style>|$)/gi
const headingStart = /<h[1-6]\b[^<>]*>/gi
const block = /<\/?(?:article|blockquote|br|center|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|section|table|tr|ul)\b[^<>]*>/gi
const cell = /<t[dh]\b[^<>]*>/gi
const tag = /<[!/?a-z][^<>]*>/gi
const code = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi
const hasMarkup = (html: string) => html.search(tag) >= 0 || html.search(code) >= 0

/** Stands before the words of a heading while the rest is taken apart; `cleanText` lets no text have it. */
const mark = '\u0001'

interface Words {
  /** That the text begins with. */
  heading?: string
  paragraphs: string[]
}

function withoutMarkup(html: string): Words {
  if (!hasMarkup(html)) return { paragraphs: [html] }
  const [first = '', ...others] = cleanText(html)
    .replace(unread, ' ')
    .replace(/\s+/g, ' ')
    .replace(headingStart, `\n${mark}`)
    .replace(block, '\n')
    .replace(cell, ' ')
    .replace(tag, '')
    .replace(code, characterOf)
    .split('\n')
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '' && paragraph !== mark)
  const unmarked = (paragraph: string) => paragraph.replaceAll(mark, '')
  return first.startsWith(mark)
    ? { heading: unmarked(first), paragraphs: others.map(unmarked) }
    : { paragraphs: [first, ...others].map(unmarked) }
}

const characters: Record<string, string> = {
  amp: '&',
  apos: "'",
  bull: '•',
  copy: '©',
  euro: '€',
  gt: '>',
  hellip: '…',
  ldquo: '“',
  lsquo: '‘',
  lt: '<',
  mdash: '—',
  nbsp: ' ',
  ndash: '–',
  pound: '£',
  quot: '"',
  rdquo: '”',
  rsquo: '’',
}

function characterOf(all: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return Object.hasOwn(characters, name) ? (characters[name] ?? all) : all
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  return point <= 0x10ffff ? String.fromCodePoint(point) : ''
}
