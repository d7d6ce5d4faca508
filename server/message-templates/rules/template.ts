import { type Part, type Run, oneLine } from '../../outbox/rules/mail-parts.ts'
import { isLink, type FieldName, type Fields } from './template-fields.ts'

/** The words of a message as written: a subject of one line, and a body of paragraphs with blank lines between. */
export interface Template {
  subject: string
  body: string
}

// Names of fields are letters; anything else in the brackets is no field, which the check of a template says.
const fieldPattern = /\{\{\s*([a-z_]+)\s*\}\}/g
const buttonPattern = /^\[([^[\]{}]+)\]\(\s*\{\{\s*([a-z_]+)\s*\}\}\s*\)$/

/** The fields that a text names, in order, known or not. */
export const fieldsIn = (text: string): string[] => [...text.matchAll(fieldPattern)].map(([, name = '']) => name)

/** A body's blocks: what blank lines separate; a line that starts with `#` stands alone. */
export const blocksOf = (body: string): string[] =>
  body
    .replace(/\r\n?/g, '\n')
    .replace(/^#.*$/gm, '\n$&\n')
    .split(/\n[^\S\n]*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '')

/** The block `[Words]({{link}})`, a button. */
export function buttonOf(block: string): { words: string; field: string } | undefined {
  const [, words, field] = buttonPattern.exec(block) ?? []
  return words === undefined || field === undefined ? undefined : { words, field }
}

/**
 * Puts values into a body. The body is taken apart first: a value is text wherever it stands, whatever it holds. A block with an address
 * that this recipient does not have is left out.
 */
export const bodyParts = (body: string, fields: Fields): Part[] =>
  blocksOf(body)
    .filter((block) => fieldsIn(block).every((name) => !isLink(name as FieldName) || fields[name as FieldName]))
    .map((block) => partOf(block, fields))

/** Puts values into a subject; one line whatever they hold. */
export const fillSubject = (subject: string, fields: Fields): string => oneLine(textOf(runsOf(subject, fields)))

function partOf(block: string, fields: Fields): Part {
  const button = buttonOf(block)
  if (button) return { action: button.words, url: fields[button.field as FieldName] ?? '' }
  if (block.startsWith('#')) return { heading: textOf(runsOf(block.replace(/^#+\s*/, ''), fields)) }
  const lines = block.split('\n').map((line) => line.trim())
  if (lines.every((line) => line.startsWith('- ')))
    return { list: lines.map((line) => textOf(runsOf(line.slice(2), fields))) }
  return { runs: runsOf(lines.join(' '), fields) }
}

function runsOf(text: string, fields: Fields): Run[] {
  const runs: Run[] = []
  let from = 0
  for (const match of text.matchAll(fieldPattern)) {
    const name = match[1] as FieldName
    runs.push({ text: text.slice(from, match.index) })
    runs.push(isLink(name) ? { url: fields[name] ?? '' } : { text: oneLine(fields[name] ?? '') })
    from = match.index + match[0].length
  }
  return [...runs, { text: text.slice(from) }]
}

const textOf = (runs: readonly Run[]): string => runs.map((run) => ('url' in run ? run.url : run.text)).join('')
