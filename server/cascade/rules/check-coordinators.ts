import { cleanText } from '../../sheets/clean-text.ts'
import { faultOfAddress } from '../../outbox/rules/mail-address.ts'

/** A row as the file holds it, by column; '' where it is blank. */
export interface CoordinatorRow {
  row: number
  /** The file breaks off inside it, or it has a value beyond the last column. */
  broken?: string
  system: string
  organisation: string
  sector: string
  name: string
  email: string
}

export interface Coordinator {
  row: number
  systemId: string
  organisation: string
  /** A code of the question set's sectors. */
  sector: string | null
  name: string | null
  email: string
}

export interface CoordinatorProblem {
  row: number
  column: string
  message: string
}

interface Known {
  systems: readonly { id: string; code: string; name: string }[]
  /** Of the question set; empty where it does not ask. */
  sectors: readonly { value: string; text: string }[]
}

const longest = 200
const same = (text: string) => cleanText(text).toLowerCase()
const shown = (text: string) => `"${cleanText(text).slice(0, 80)}"`
/** Two rows for one organisation of a system would make two links that nobody can tell apart. */
export const organisationKey = (systemId: string, organisation: string): string => `${systemId} ${same(organisation)}`

/** Coordinators with what is wrong, row by row and column by column. */
export function checkCoordinators(
  rows: readonly CoordinatorRow[],
  known: Known,
): { coordinators: Coordinator[]; problems: CoordinatorProblem[] } {
  const problems: CoordinatorProblem[] = []
  const seen = new Map<string, number>()
  const coordinators: Coordinator[] = []
  for (const row of rows) {
    const found = checkRow(row, known, (column, message) => problems.push({ row: row.row, column, message }))
    if (!found) continue
    const key = organisationKey(found.systemId, found.organisation)
    const earlier = seen.get(key)
    if (earlier === undefined) seen.set(key, row.row)
    else
      problems.push({
        row: row.row,
        column: 'organisation',
        message: `${shown(row.organisation)} is in row ${earlier} already.`,
      })
    coordinators.push(found)
  }
  return { coordinators, problems }
}

function checkRow(
  row: CoordinatorRow,
  { systems, sectors }: Known,
  report: (column: string, message: string) => void,
): Coordinator | undefined {
  if (row.broken) return void report('', row.broken)
  const system = systems.find(({ code, name }) => [code, name].some((word) => same(word) === same(row.system)))
  if (!system)
    report('system', row.system ? `${shown(row.system)} is not a system of this collection.` : 'It is blank.')
  const organisation = checkText('organisation', row.organisation, report)
  if (organisation === '') report('organisation', 'It is blank.')
  const name = checkText('name', row.name, report)
  const sector = sectors.find(({ value, text }) => [value, text].some((word) => same(word) === same(row.sector)))
  if (row.sector && !sector)
    report(
      'sector',
      `${shown(row.sector)} is none of ${sectors.map(({ value }) => value).join(', ') || 'its sectors'}.`,
    )
  if (faultOfAddress(row.email) !== undefined)
    report('email', row.email ? `${shown(row.email)} is not an email address.` : 'It is blank.')
  if (!system) return undefined
  return {
    row: row.row,
    systemId: system.id,
    organisation,
    sector: sector?.value ?? null,
    name: name || null,
    email: row.email,
  }
}

function checkText(column: string, text: string, report: (column: string, message: string) => void): string {
  if (text.length > longest) report(column, `It is longer than ${longest} characters.`)
  else if (/\p{Cc}/u.test(text)) report(column, 'It holds a line break or another control character.')
  return cleanText(text.slice(0, longest))
}
