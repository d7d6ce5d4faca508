const MAX_WIDTH = 60

const shown = (cell: string, last: boolean): string =>
  !last && cell.length > MAX_WIDTH ? `${cell.slice(0, MAX_WIDTH - 1)}…` : cell

/** An aligned table for a terminal, numbers to the right; the last column is never cut. Lines end without blanks. */
export function textTable(head: string[], rows: (string | number)[][]): string {
  const numeric = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number' || row[column] === ''),
  )
  const lines = [head, ...rows].map((row) => row.map((cell, column) => shown(String(cell), column === head.length - 1)))
  const widths = head.map((_, column) => lines.reduce((width, line) => Math.max(width, line[column]?.length ?? 0), 0))
  const write = (line: string[]) =>
    line
      .map((cell, column) => (numeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return lines.map((line) => `  ${write(line)}`).join('\n')
}
