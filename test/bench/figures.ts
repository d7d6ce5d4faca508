/** What a stretch of work took: its rate, and percentiles of the single pieces in milliseconds. */
export interface Figures {
  count: number
  perSecond: number
  p50: number
  p95: number
  p99: number
}

/** Nearest-rank percentiles. `milliseconds`: of each piece; `elapsed`: of the whole stretch, in milliseconds. */
export function figuresOf(milliseconds: readonly number[], elapsed: number): Figures {
  const sorted = [...milliseconds].sort((a, b) => a - b)
  const percentile = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
  return {
    count: sorted.length,
    perSecond: (sorted.length / elapsed) * 1000,
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
  }
}

/** Three significant digits, whole numbers from 100 up. */
export const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-GB') : value.toPrecision(3)

/** Columns aligned for a terminal: the first to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('   '),
    )
    .join('\n')
}

export const aim = (met: boolean, text: string): string => `${met ? 'aim met    ' : 'aim NOT met'}  ${text}`
