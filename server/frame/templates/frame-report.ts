import type { RegisterSource } from '../rules/register-row.ts'
import { categoryLabels, serviceCategories } from '../schema/categories.ts'
import { registerWords } from '../schema/frame.ts'
import type { FrameProblem, FrameReport, FrameReportRow, Severity } from '../rules/frame-report.ts'
import {
  criteria,
  criterionWords,
  outcomeWords,
  reasonText,
  reasonWords,
  rowOutcomes,
  type ReasonCode,
} from '../schema/reasons.ts'
import { textTable } from '../../sheets/text-table.ts'

const severityHeads: Record<Severity, string> = {
  error: 'Wrong: nothing can be written until this is put right',
  warning: 'Worth a look',
  note: 'For information',
}

const section = (head: string, body: string): string[] => (body === '' ? [] : [`${head}\n${body}`])

function sourceText({ kind, format, sheet, headerRow, registerDate, registerDateFrom }: RegisterSource): string {
  const place = `${format}, ${sheet ? `sheet ${sheet}, ` : ''}header in row ${headerRow}`
  const from = registerDateFrom === 'file_name' ? ' (from the name of the file)' : ''
  return `Register: ${registerWords[kind]}; ${place}\nDate of the register: ${registerDate ? registerDate + from : 'the file does not say'}`
}

function outcomeText({ rowsRead, outcomes, withContact }: FrameReport): string {
  const rows: (string | number)[][] = [['Rows read', rowsRead]]
  for (const outcome of rowOutcomes) rows.push([outcomeWords[outcome], outcomes[outcome]])
  if (withContact !== null) rows.push(['Drawn, with a contact', withContact])
  return textTable(['What the register holds', 'Rows'], rows)
}

function systemText({ systems, withContact }: FrameReport): string {
  const contacts = withContact !== null
  const head = [
    'System',
    'Name',
    'Drawn',
    'Not known',
    ...(contacts ? ['With contact'] : []),
    ...serviceCategories.map((category) => categoryLabels[category]),
  ]
  const rows = systems.map((system) => {
    const counts = serviceCategories.map((category) => system.byCategory[category])
    return [
      system.code,
      system.name,
      system.drawn,
      system.notKnown,
      ...(contacts ? [system.withContact] : []),
      ...counts,
    ]
  })
  return rows.length > 0 ? textTable(head, rows) : ''
}

function leftOutText({ leftOut }: FrameReport): string {
  const rows = Object.entries(leftOut).sort(([, left], [, right]) => right - left)
  return rows.length > 0
    ? textTable(
        ['Why', 'Rows'],
        rows.map(([code, count]) => [reasonWords[code as ReasonCode], count]),
      )
    : ''
}

function notKnownText({ notKnown, acceptUnknown }: FrameReport): string {
  const rows = criteria
    .filter((criterion) => notKnown[criterion] > 0)
    .map((criterion) => [criterionWords[criterion], notKnown[criterion]])
  if (rows.length === 0) return ''
  const told = acceptUnknown
    ? 'Accepted: these rows are drawn.'
    : 'Not accepted: these rows are drawn only when you accept what is not known.'
  return `${textTable(['What the file does not say', 'Rows'], rows)}\n  ${told}`
}

function problemText(problems: FrameProblem[], severity: Severity): string {
  const rows = problems
    .filter((problem) => problem.severity === severity)
    .map(({ file, row, locationId, detail }) => [file, row ?? '', locationId ?? '', detail])
  return rows.length > 0 ? textTable(['File', 'Row', 'Location ID', 'What'], rows) : ''
}

const elsewhere = ({ outcome, reasons }: FrameReportRow): boolean =>
  outcome === 'left_out' &&
  reasons.some(({ code }) => code === 'authority_not_covered' || code === 'authority_not_recognised')

function rowText({ rows }: FrameReport, allRows: boolean): string {
  const listed = allRows ? rows : rows.filter((row) => !elsewhere(row))
  const lines = listed.map(({ row, locationId, name, outcome, reasons }) => [
    row,
    locationId,
    name,
    outcomeWords[outcome],
    reasons.map(reasonText).join('; '),
  ])
  const unlisted = rows.length - listed.length
  const rest = unlisted > 0 ? `\n  Not listed: rows of authorities in no system, ${unlisted} in all.` : ''
  return (lines.length > 0 ? textTable(['Row', 'Location ID', 'Name', 'Outcome', 'Why'], lines) : '') + rest
}

/**
 * The report for the command line: counts, what is wrong, then row by row.
 * Rows of authorities that no system covers are counted, and listed only with `allRows`.
 */
export function writeFrameReport(
  { source, report }: { source: RegisterSource; report: FrameReport },
  { allRows = false } = {},
): string {
  const verdict = report.blocked
    ? 'The frame cannot be written: see what is wrong.'
    : `The frame can be written: ${report.outcomes.drawn} services.`
  return [
    sourceText(source),
    outcomeText(report),
    ...section('By system', systemText(report)),
    ...section('Left out (a row may have several reasons)', leftOutText(report)),
    ...section('Not known', notKnownText(report)),
    ...(['error', 'warning', 'note'] as const).flatMap((severity) =>
      section(severityHeads[severity], problemText(report.problems, severity)),
    ),
    ...section('Row by row', rowText(report, allRows)),
    verdict,
  ].join('\n\n')
}
