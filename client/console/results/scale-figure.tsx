import type { ScaleCell, ShownScaleCell } from '../../../server/results/schema.ts'
import { DotChart } from '../../components/dot-chart.tsx'
import { Table, type Column } from '../../components/table.tsx'
import { formatNumber } from '../../components/format.ts'
import { meanInWords } from './figures.ts'

interface NamedScaleCell {
  key: string
  label: string
  cell: ScaleCell
}

const shown = (head: string, read: (cell: ShownScaleCell) => string): Column<NamedScaleCell> => ({
  head,
  numeric: true,
  cell: ({ cell }) => (cell.suppressed ? '' : read(cell)),
})

/** Means from 1 to 5 as a chart and as the table of the same numbers. */
export function ScaleFigure({
  caption,
  first,
  rows,
}: {
  caption: string
  first: string
  rows: readonly NamedScaleCell[]
}) {
  return (
    <>
      <DotChart
        caption={caption}
        min={1}
        max={5}
        ticks={[1, 2, 3, 4, 5]}
        formatTick={String}
        rows={rows.map(({ key, label, cell }) =>
          cell.suppressed
            ? { key, label }
            : { key, label, value: cell.mean, low: cell.low, high: cell.high, text: meanInWords(cell).mean },
        )}
      />
      <Table
        caption={caption}
        hideCaption
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          { head: first, cell: ({ label }) => label },
          {
            head: 'Mean, 1 to 5',
            numeric: true,
            cell: ({ cell }) => (cell.suppressed ? 'Hidden' : meanInWords(cell).mean),
          },
          shown('95% interval', (cell) => meanInWords(cell).interval),
          shown('Base', (cell) => formatNumber(cell.base)),
          ...[1, 2, 3, 4, 5].map((score) =>
            shown(`Score ${score}`, (cell) => formatNumber(cell.distribution[score - 1] ?? 0)),
          ),
        ]}
      />
    </>
  )
}
