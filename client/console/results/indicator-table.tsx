import type { IndicatorCell, ShownIndicatorCell } from '../../../server/results/schema.ts'
import { DotChart } from '../../components/dot-chart.tsx'
import { Table, type Column } from '../../components/table.tsx'
import { formatNumber } from '../../components/format.ts'
import { cellKey, isWhole, sharesInWords } from './figures.ts'

interface NamedCell {
  key: string
  label: string
  cell: IndicatorCell
}

/** A column that is blank where a cell is hidden: a hidden cell says only that it is. */
const shown = (head: string, read: (cell: ShownIndicatorCell) => string | number | null): Column<NamedCell> => ({
  head,
  numeric: true,
  cell: ({ cell }) => (cell.suppressed ? '' : numberOrText(read(cell))),
})
const numberOrText = (value: string | number | null) =>
  typeof value === 'number' ? formatNumber(value) : (value ?? 'Not known')

const columns = (first: string, rows: readonly NamedCell[]): Column<NamedCell>[] => {
  const some = (test: (cell: ShownIndicatorCell) => boolean) => rows.some(({ cell }) => !cell.suppressed && test(cell))
  return [
    { head: first, cell: ({ label }) => label },
    { head: 'Share', numeric: true, cell: ({ cell }) => (cell.suppressed ? 'Hidden' : sharesInWords(cell).percent) },
    shown('95% interval', (cell) => sharesInWords(cell).interval),
    shown('Count', (cell) => cell.count),
    shown('Base', (cell) => cell.base),
    ...(some((cell) => cell.population !== null)
      ? [shown('Services in the population', (cell) => cell.population)]
      : []),
    ...(some((cell) => cell.weighted !== null)
      ? [
          shown('Weighted', ({ weighted }) =>
            weighted ? `${weighted.percent}% (${weighted.low}% to ${weighted.high}%)` : '',
          ),
        ]
      : []),
    ...(some((cell) => cell.differs !== null)
      ? [shown('Differs from the rest', ({ differs }) => (differs ? 'Differs' : ''))]
      : []),
    shown('Don’t know', (cell) => cell.dontKnow),
    shown('Not applicable', (cell) => cell.notApplicable),
    shown('Not asked', (cell) => cell.notAsked),
    shown('Left blank', (cell) => cell.missing),
  ]
}

/** Shares as a chart and as the table of the same numbers. `first` heads the column of names. */
export function IndicatorFigure({
  caption,
  first,
  rows,
}: {
  caption: string
  first: string
  rows: readonly NamedCell[]
}) {
  return (
    <>
      <DotChart
        caption={caption}
        min={0}
        max={100}
        ticks={[0, 25, 50, 75, 100]}
        formatTick={(tick) => `${tick}%`}
        rows={rows.map(({ key, label, cell }) =>
          cell.suppressed
            ? { key, label }
            : {
                key,
                label,
                value: cell.percent,
                low: cell.low,
                high: cell.high,
                text: sharesInWords(cell).percent,
                strong: rows.length > 1 && first !== 'Indicator' && isWhole(cell),
              },
        )}
      />
      <IndicatorTable {...{ caption, first, rows }} />
    </>
  )
}

function IndicatorTable({ caption, first, rows }: { caption: string; first: string; rows: readonly NamedCell[] }) {
  const ignored = rows.filter(({ cell }) => !cell.suppressed && sharesInWords(cell).populationIgnored)
  return (
    <>
      <Table caption={caption} hideCaption rows={rows} rowKey={({ key }) => key} columns={columns(first, rows)} />
      {ignored.length > 0 ? (
        <p className="govuk-body">
          More answers than the population allows: {ignored.map(({ label }) => label).join(', ')}. Their intervals are
          not corrected for its size.
        </p>
      ) : null}
    </>
  )
}

export const namedCells = (cells: readonly IndicatorCell[]): NamedCell[] =>
  cells.map((cell) => ({ key: cellKey(cell), label: cell.label, cell }))
