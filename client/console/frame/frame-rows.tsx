import { useDeferredValue, useState } from 'react'
import type { FrameReportView } from '../../../server/frame/schema/frame.ts'
import { outcomeWords, reasonText } from '../../../server/frame/schema/reasons.ts'
import { Button } from '../../components/button.tsx'
import { Input, Select } from '../../components/fields.tsx'
import { Table } from '../../components/table.tsx'
import { formatNumber } from '../../components/format.ts'

type Row = FrameReportView['rows'][number]

const pageLength = 100
const why = ({ reasons }: Row) => reasons.map(reasonText).join('; ')

/** Every row of the systems' authorities, and what becomes of it. */
export function FrameRows({ rows }: { rows: readonly Row[] }) {
  const [outcome, setOutcome] = useState('')
  const [typed, setTyped] = useState('')
  const [length, setLength] = useState(pageLength)
  const text = useDeferredValue(typed.trim().toLowerCase())
  const found = rows.filter(
    (row) =>
      (outcome === '' || row.outcome === outcome) &&
      (text === '' || `${row.name} ${row.locationId} ${why(row)}`.toLowerCase().includes(text)),
  )
  return (
    <>
      <h2 className="govuk-heading-m">Row by row</h2>
      <div className="app-inline-form app-no-print">
        <Select
          id="rows-outcome"
          label="Show"
          value={outcome}
          onChange={setOutcome}
          options={[
            { value: '', label: 'All rows' },
            ...Object.entries(outcomeWords).map(([value, label]) => ({ value, label })),
          ]}
        />
        <Input id="rows-text" label="With the words" type="search" onChange={setTyped} />
      </div>
      <p className="govuk-body" role="status">
        {formatNumber(found.length)} of {formatNumber(rows.length)} rows
        {found.length > length ? `, the first ${length} below` : ''}
      </p>
      <Table
        caption="Rows"
        hideCaption
        empty="No row is like this."
        rows={found.slice(0, length)}
        rowKey={({ row }) => String(row)}
        columns={[
          { head: 'Name', cell: ({ name }) => name },
          { head: 'Row', numeric: true, cell: ({ row }) => row },
          { head: 'Location ID', cell: ({ locationId }) => <span className="app-nowrap">{locationId}</span> },
          { head: 'Outcome', cell: (row) => outcomeWords[row.outcome] },
          { head: 'Why', cell: why },
        ]}
      />
      {found.length > length ? (
        <Button kind="secondary" onClick={() => setLength(length + pageLength)}>
          Show more rows
        </Button>
      ) : null}
    </>
  )
}
