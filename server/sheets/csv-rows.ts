import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { parse as parseNow } from 'csv-parse/sync'
import { decodeFile, detectEncoding } from './decode-text.ts'
import type { TextEncoding } from './decode-text.ts'
import { unreadable } from './sheet-rows.ts'
import type { SheetRow } from './sheet-rows.ts'

const SEPARATORS = [',', ';', '\t']
const SNIFFED = 1 << 18
const MAX_RECORD = 4 * 1024 ** 2

const reasons: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is opened and never closed; the file may be cut short',
  CSV_INVALID_CLOSING_QUOTE: 'there is text after a closing quotation mark',
  INVALID_OPENING_QUOTE: 'a quotation mark stands inside a value',
  CSV_MAX_RECORD_SIZE: 'a row is larger than 4 MB',
}

function csvFailure(error: unknown): Error {
  if (!(error instanceof CsvError)) return error instanceof Error ? error : new Error(String(error))
  const line = typeof error['lines'] === 'number' ? error['lines'] : undefined
  return unreadable(
    'damaged',
    `The csv cannot be read${line ? `, line ${line}` : ''}: ${reasons[error.code] ?? 'it is not set out as a csv'}.`,
    { line },
  )
}

async function readHead(file: string, encoding: TextEncoding): Promise<string> {
  let text = ''
  for await (const piece of decodeFile(file, encoding)) {
    text += piece
    if (text.length >= SNIFFED) break
  }
  return text
}

/** The separator under which some row of the file's beginning is the header. */
function findSeparator(head: string, isHeader: (cells: string[]) => boolean): string {
  const holdsHeader = (delimiter: string) => {
    let found = false
    try {
      parseNow(head, {
        delimiter,
        relax_column_count: true,
        relax_quotes: true,
        on_record: (cells: string[]) => ((found ||= isHeader(cells)), null),
      })
    } catch {
      return found // the head may end inside a quotation
    }
    return found
  }
  return SEPARATORS.find(holdsHeader) ?? ','
}

async function endsInNewline(file: string, encoding: TextEncoding, size: number): Promise<boolean> {
  if (encoding.startsWith('utf-16')) return true
  let last: number | undefined
  for await (const chunk of createReadStream(file, { start: Math.max(0, size - 1) }) as AsyncIterable<Buffer>)
    last = chunk.at(-1)
  return last === 0x0a || last === 0x0d
}

/** The rows of a csv (comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252), numbered as a spreadsheet would. */
export async function* readCsvRows(
  file: string,
  size: number,
  isHeader: (cells: string[]) => boolean,
): AsyncGenerator<SheetRow> {
  const encoding = await detectEncoding(file)
  const delimiter = findSeparator(await readHead(file, encoding), isHeader)
  const whole = await endsInNewline(file, encoding, size)
  const parser = parse({ delimiter, relax_column_count: true, max_record_size: MAX_RECORD })
  const source = Readable.from(decodeFile(file, encoding))
  source.on('error', (error) => parser.destroy(error))
  let row = 0
  let waiting: SheetRow | undefined
  try {
    for await (const cells of source.pipe(parser) as AsyncIterable<string[]>) {
      if (waiting) yield waiting
      row += 1
      waiting = { sheet: '', row, cells }
    }
  } catch (error) {
    throw csvFailure(error)
  } finally {
    source.destroy()
  }
  if (waiting) yield whole ? waiting : { ...waiting, cutShort: true }
}
