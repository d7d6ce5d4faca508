import type { FrameReportView } from '../schema/frame.ts'
import type { FrameReport, FrameReportRow } from './frame-report.ts'
import type { RegisterSource } from './register-row.ts'

const isElsewhere = ({ outcome, reasons }: FrameReportRow): boolean =>
  outcome === 'left_out' &&
  reasons.some(({ code }) => code === 'authority_not_covered' || code === 'authority_not_recognised')

/** The report for the API: tens of thousands of rows of other areas are counted, not listed. */
export function presentReport({ source, report }: { source: RegisterSource; report: FrameReport }): FrameReportView {
  const rows = report.rows
    .filter((row) => !isElsewhere(row))
    .map(({ reasons, ...row }) => ({ ...row, reasons: [...reasons] }))
  return { source, ...report, rows, rowsElsewhere: report.rows.length - rows.length }
}
