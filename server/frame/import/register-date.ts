import { basename } from 'node:path'

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const WORDS = String.raw`(\d{1,2})(?:st|nd|rd|th)?[\s_-]+(?:of\s+)?([A-Za-z]{3,9})[\s_,-]+(20\d\d)`
const SLASHES = String.raw`(\d{1,2})/(\d{1,2})/(20\d\d)`
const ISO = String.raw`(20\d\d)-(\d\d)-(\d\d)`
const ANY_DATE = new RegExp(`${WORDS}|${SLASHES}|${ISO}`)
/** What stands before the day on which a file was made; other dates of a README (of a law, of a rule) must not pass for it. */
const MADE =
  /\b(produced|extracted|refreshed|published|updated|correct|as at|as of|as on|dated)\b[^.]{0,40}$|^(\w+ )?date( of [a-z ]+)?:?$/i

function isoDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null
}

function toDay(found: RegExpExecArray): string | null {
  const [, day, word, year, slashDay, slashMonth, slashYear, isoYear, isoMonth, isoDate] = found
  if (word) {
    const month = MONTHS.findIndex((name) => name === word.toLowerCase() || name.slice(0, 3) === word.toLowerCase()) + 1
    return month > 0 ? isoDay(Number(year), month, Number(day)) : null
  }
  if (slashYear) return isoDay(Number(slashYear), Number(slashMonth), Number(slashDay))
  return isoDay(Number(isoYear), Number(isoMonth), Number(isoDate))
}

/** A spreadsheet's day number (1900 system), between 2000 and 2100. */
function serialDay(text: string): string | null {
  const serial = /^\d{5}(\.\d+)?$/.test(text) ? Math.floor(Number(text)) : 0
  return serial >= 36_526 && serial < 73_050
    ? new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10)
    : null
}

/** The day (YYYY-MM-DD) on which a file says, in a row above its header or in its README, that it was made. */
export function findRegisterDate(cells: string[]): string | null {
  const values = cells
    .map((cell) => cell.replace(/\s+/g, ' ').trim())
    .filter((cell) => cell !== '' && cell.length < 2_000)
  const line = values.join(' ')
  const found = ANY_DATE.exec(line)
  if (found) return MADE.test(line.slice(0, found.index).trim()) ? toDay(found) : null
  const [label, serial] = values
  return label && serial && MADE.test(label) ? serialDay(serial) : null
}

/** The same from a file's name, as CQC names its monthly files. */
export function findFileNameDate(file: string): string | null {
  const found = ANY_DATE.exec(basename(file))
  return found ? toDay(found) : null
}
