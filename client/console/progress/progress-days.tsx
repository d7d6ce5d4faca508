import type { CollectionView } from '../../../server/collections/schema.ts'
import type { Progress } from '../../../server/progress/schema.ts'
import { LineChart } from '../../components/line-chart.tsx'
import { Table, type Column } from '../../components/table.tsx'
import { dayInWords } from '../days.ts'
import { formatNumber } from '../../components/format.ts'

type Day = Progress['days'][number]
type Count = Exclude<keyof Day, 'day'>

const names: Record<Count, string> = {
  handedOver: 'Handed over',
  begun: 'Begun',
  complete: 'Complete',
  declined: 'Declined',
  bounced: 'Bounced',
}
const counts = {
  personal: { drawn: ['handedOver', 'begun', 'complete'], listed: Object.keys(names) as Count[] },
  cascade: { drawn: ['begun', 'complete'], listed: ['begun', 'complete'] },
} satisfies Record<CollectionView['mode'], { drawn: Count[]; listed: Count[] }>

/** What there was by the end of each day: a chart of the main lines, and a table of all. */
export function ProgressDays({
  progress: { days, gated, k },
  mode,
}: {
  progress: Progress
  mode: CollectionView['mode']
}) {
  const { drawn, listed } = counts[mode]
  const columns: Column<Day>[] = [
    { head: 'By the end of', cell: ({ day }) => dayInWords(day) },
    ...listed.map((name) => ({
      head: names[name],
      numeric: true,
      cell: (day: Day) => formatNumber(day[name]),
    })),
  ]
  const first = days[0]
  return (
    <>
      <h2 className="govuk-heading-m">Over time</h2>
      {first && days.length > 1 ? (
        <LineChart
          caption="How many there were by the end of each day"
          from={dayInWords(first.day)}
          to={dayInWords(days.at(-1)!.day)}
          series={drawn.map((name) => ({ name: names[name], values: days.map((day) => day[name]) }))}
          formatTick={formatNumber}
        />
      ) : null}
      <Table
        caption="Day by day"
        empty={gated ? 'Hidden until enough have answered.' : 'Nothing has happened yet.'}
        rows={days}
        rowKey={({ day }) => day}
        columns={columns}
      />
      <p className="govuk-body">
        {gated ? `Days are shown from the first on which ${formatNumber(k)} had answered. ` : ''}
        {mode === 'personal' ? 'A bounce counts on its day, although the address may have been corrected since.' : ''}
      </p>
    </>
  )
}
