// An element of HTML as a heading or paragraph: its words, without the markup around them.
import type { Note } from '../../../surveys/question-set.ts'
import { inEnglish, readText } from './read-text.ts'
import { keepOwn, quote, type SourceQuestion, type Tell } from './source.ts'

/** Undefined where it has no words: told. Script in it was refused before (`findAttacks`). */
export function convertNote(from: SourceQuestion, name: string, tell: Tell): Note | undefined {
  const { source, place, name: given } = from
  const written = inEnglish(source.html, `${place}.html`, tell)
  const words = typeof written === 'string' ? withoutMarkup(written) : written
  if (words !== written) tell(`${place}.html`, 'markup is not kept, its words are')
  const title = readText(source.title, `${place}.title`, tell)
  const html = readText(words, `${place}.html`, tell)
  if (title === undefined && html === undefined) {
    tell(place, `${quote(given || name)} is left out: it has no words`)
    return undefined
  }
  const note: Note = {
    type: 'html',
    name,
    ...(title === undefined ? {} : { title }),
    ...(html === undefined ? {} : { html }),
  }
  return keepOwn(from, note, ['title', 'html'], tell)
}

// What browsers read as markup. Every pattern takes time in proportion to the text.
const unread = /<!--[^]*?(?:-->|$)|<style\b[^]*?(?:<\/style>|$)/gi
const block = /<\/?(?:blockquote|br|div|h[1-6]|hr|li|ol|p|t[dhr]|table|ul)\b[^<>]*>/gi
const tag = /<[!/?a-z][^<>]*>/gi
const code = /&(?:#(\d{1,5})|amp|gt|lt|nbsp|quot);/g
const characters: Record<string, string> = { '&amp;': '&', '&gt;': '>', '&lt;': '<', '&nbsp;': ' ', '&quot;': '"' }

/** A text without markup as it is; of another the words, a blank line between its blocks. */
function withoutMarkup(html: string): string {
  if (html.search(tag) < 0 && html.search(code) < 0) return html
  return html
    .replace(unread, ' ')
    .replace(/\s+/g, ' ')
    .replace(block, '\n')
    .replace(tag, '')
    .replace(code, (all, point?: string) => characters[all] ?? String.fromCharCode(Number(point)))
    .split('\n')
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n')
}
