import type { CollectionView } from '../../../server/collections/schema.ts'
import type { Progress } from '../../../server/progress/schema.ts'
import { Table, type Column } from '../../components/table.tsx'
import { formatNumber } from '../../components/format.ts'

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

const columns: Record<CollectionView['mode'], Column<Cell>[]> = {
  personal: [
    { head: 'Group', cell: ({ label }) => label },
    complete,
    count('Begun', ({ begun }) => begun ?? undefined),
    count('Declined', ({ declined }) => declined ?? undefined),
    count('Services', ({ services }) => services ?? undefined),
    count('Invited', ({ invited }) => invited ?? undefined),
    count('Handed over', ({ handedOver }) => handedOver ?? undefined),
    count('Bounced', ({ bounced }) => bounced ?? undefined),
    count('Invitations waiting', ({ messages }) => messages?.waiting),
  ],
  cascade: [
    { head: 'Group', cell: ({ label }) => label },
    complete,
    count('Begun, not submitted', ({ responses }) => responses?.partial),
  ],
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
        {progress.gated
          ? 'Counts are hidden by the same rules as results, so that nobody who answered can be found.'
          : 'Small counts are shown to administrators alone: do not pass them on.'}
        {mode === 'personal'
          ? ' Handed over: a mail server took a message. Bounced: the address is known not to work. Begun: answered something, submitted or not. Declined: said so; who asked for no more messages is not counted here, but as declined in what became of the invitations.'
          : ''}
      </p>
    </>
  )
}
