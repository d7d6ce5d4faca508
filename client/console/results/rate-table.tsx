import type { RateCell, ShownRateCell } from '../../../server/results/schema.ts'
import { dispositions, type Disposition } from '../../../server/statistics/response-rates.ts'
import { modeOf, type Mode } from '../../../surveys/modes.ts'
import { Details } from '../../components/messages.tsx'
import { Table, type Column } from '../../components/table.tsx'
import { formatNumber } from '../../components/format.ts'
import { cellKey, ratesInWords } from './figures.ts'

const shown = (head: string, read: (cell: ShownRateCell) => string): Column<RateCell> => ({
  head,
  numeric: true,
  cell: (cell) => (cell.suppressed ? '' : read(cell)),
})

/** Response rates; where there is no denominator, participation. */
export function RateTable({ cells, first, mode }: { cells: readonly RateCell[]; first: string; mode: Mode }) {
  return modeOf({ mode }).hasRates ? <ResponseRates {...{ cells, first }} /> : <Participation {...{ cells, first }} />
}

function Participation({ cells, first }: { cells: readonly RateCell[]; first: string }) {
  return (
    <>
      <Table
        caption="Participation"
        rows={cells}
        rowKey={cellKey}
        columns={[
          { head: first, cell: (cell) => cell.label },
          {
            head: 'Responses',
            numeric: true,
            cell: (cell) => (cell.suppressed ? 'Hidden' : formatNumber(cell.dispositions.I ?? 0)),
          },
        ]}
      />
      <p className="govuk-body">How many people were reached is not known, so there is no response rate.</p>
    </>
  )
}

const dispositionNames: Record<Disposition, string> = {
  I: 'Complete',
  P: 'Partial',
  R: 'Declined',
  NC: 'Contact only',
  O: 'Other',
  U: 'Not known whether eligible',
  NE: 'Not eligible',
}

const completeOf = (cell: RateCell) => (cell.suppressed ? 'Hidden' : formatNumber(cell.dispositions.I ?? 0))

function ResponseRates({ cells, first }: { cells: readonly RateCell[]; first: string }) {
  const others = ['RR2', 'RR3', 'RR4', 'RR5', 'RR6']
  return (
    <>
      <Table
        caption="Response rates"
        rows={cells}
        rowKey={cellKey}
        columns={[
          { head: first, cell: (cell) => cell.label },
          {
            head: 'Response rate (RR1)',
            numeric: true,
            cell: (cell) => (cell.suppressed ? 'Hidden' : (ratesInWords(cell).RR1 ?? 'Does not apply')),
          },
          shown('Invited', ({ invited }) => (invited === null ? '' : formatNumber(invited))),
          ...others.map((name) => shown(name, (cell) => ratesInWords(cell)[name] ?? 'None')),
        ]}
      />
      <Table
        caption="What became of the invitations"
        rows={cells}
        rowKey={cellKey}
        columns={[
          { head: first, cell: (cell) => cell.label },
          ...dispositions.map((code) => ({
            ...shown(dispositionNames[code], (cell) => formatNumber(cell.dispositions[code] ?? 0)),
            ...(code === 'I' ? { cell: completeOf } : {}),
          })),
        ]}
      />
      <Details summary="What the rates mean">
        <p className="govuk-body">
          RR1 to RR6 are the standard definitions of the American Association for Public Opinion Research. RR1, the
          headline, divides complete responses by all services that were invited and are not known to be ineligible. The
          even-numbered rates count partial responses too. RR3 and RR4 estimate how many of those not known are
          eligible. RR5 and RR6 leave them out, and apply only where there are none.
        </p>
      </Details>
    </>
  )
}
