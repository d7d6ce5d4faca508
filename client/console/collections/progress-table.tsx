import type { CollectionView, Progress } from '../../../server/collections/schema.ts'
import { Table, type Column } from '../../components/table.tsx'
import { formatNumber } from '../format.ts'

type Cell = Progress['cells'][number]

const count = (head: string, read: (cell: Cell) => number | undefined): Column<Cell> => ({
  head,
  numeric: true,
  cell: (cell) => {
    const value = read(cell)
    return value === undefined ? '' : formatNumber(value)
  },
})
const complete: Column<Cell> = {
  head: 'Complete',
  numeric: true,
  cell: ({ responses }) => (responses ? formatNumber(responses.complete) : 'Hidden'),
}
const partial = count('Begun', ({ responses }) => responses?.partial)

const columns: Record<CollectionView['mode'], Column<Cell>[]> = {
  personal: [
    { head: 'Group', cell: ({ label }) => label },
    complete,
    partial,
    count('Services', ({ services }) => services ?? undefined),
    count('Invited', ({ invited }) => invited ?? undefined),
    count('Messages sent', ({ messages }) => messages?.sent),
    count('Waiting', ({ messages }) => messages?.waiting),
    count('Failed', ({ messages }) => messages?.failed),
    count('Declined', ({ dispositions }) => dispositions?.R),
    count('Not eligible', ({ dispositions }) => dispositions?.NE),
  ],
  cascade: [{ head: 'Group', cell: ({ label }) => label }, complete, partial],
}

/** How far a collection has come; never an answer. */
export function ProgressTable({ progress, mode }: { progress: Progress; mode: CollectionView['mode'] }) {
  return (
    <>
      <Table
        caption="Progress"
        rows={progress.cells}
        rowKey={({ cell }) => JSON.stringify(cell)}
        columns={columns[mode]}
      />
      <p className="govuk-body">
        Counts of responses are hidden by the same rules as results, so that nobody who answered can be found.
      </p>
    </>
  )
}
