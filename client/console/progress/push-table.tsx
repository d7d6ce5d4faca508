import type { Progress } from '../../../server/progress/schema.ts'
import { Table } from '../../components/table.tsx'
import { formatNumber } from '../../components/format.ts'

/** The systems where another message could make a difference. */
export function PushTable({ progress: { push, k }, takesAnswers }: { progress: Progress; takesAnswers: boolean }) {
  if (!takesAnswers) return null
  const reasons = {
    under_threshold: `Fewer than ${formatNumber(k)} complete: its figures would be hidden`,
    behind: 'Well behind the collection as a whole',
  }
  return (
    <>
      <Table
        caption="Systems in need of a push"
        empty="No system is in need of a push."
        rows={push}
        rowKey={({ system }) => system.code}
        columns={[
          { head: 'System', cell: ({ system }) => system.name },
          { head: 'Complete', numeric: true, cell: ({ complete }) => formatNumber(complete) },
          {
            head: 'Can still be reached',
            numeric: true,
            cell: ({ reachable }) => (reachable === null ? 'Not known' : formatNumber(reachable)),
          },
          { head: 'Why', cell: ({ reasons: why }) => why.map((reason) => reasons[reason]).join('. ') },
        ]}
      />
      <p className="govuk-body">
        “Well behind” is a response rate of less than three quarters of the whole. Systems where everybody has answered,
        declined or cannot be reached are not listed.
      </p>
    </>
  )
}
