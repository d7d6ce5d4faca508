import type { CollectionView } from '../../../server/collections/schema.ts'
import type { Progress } from '../../../server/progress/schema.ts'
import type { RateCell } from '../../../server/results/schema.ts'
import { Details } from '../../components/messages.tsx'
import { RateTable } from '../results/rate-table.tsx'

/** Response rates as results show them, of this moment; a cascade has none. */
export function ProgressRates({ progress, mode }: { progress: Progress; mode: CollectionView['mode'] }) {
  if (mode === 'cascade') return null
  return (
    <>
      <h2 className="govuk-heading-m">Response rates so far</h2>
      <RateTable cells={progress.cells.map(toRateCell)} first="Group" mode={mode} />
      <Definitions />
    </>
  )
}

function toRateCell({ cell, label, suppressed, invited, dispositions, rates }: Progress['cells'][number]): RateCell {
  return suppressed || !dispositions || !rates
    ? { cell, label, suppressed: true }
    : { cell, label, suppressed: false, invited, dispositions, ...rates }
}

const definitions: [string, string][] = [
  ['NE, not eligible', 'reported by the register or by the service, or set by hand'],
  ['I, complete', 'answers were submitted'],
  ['P, partial', 'the main question was answered, nothing submitted; until the close, whatever is begun'],
  ['R, declined', 'declined, opted out of messages, withdrawn, or begun with less'],
  ['NC, contact only', 'contact is confirmed, such as by passing it to a colleague, and nothing begun'],
  ['O, other', 'only set by hand, with a reason'],
  ['U, not known', 'delivered and nothing back, or not delivered'],
]
const formulas = [
  'D = I + P + R + NC + O',
  'e = D ÷ (D + NE)',
  'RR1 = I ÷ (D + U)',
  'RR2 = (I + P) ÷ (D + U)',
  'RR3 = I ÷ (D + e × U)',
  'RR4 = (I + P) ÷ (D + e × U)',
  'RR5 = I ÷ D',
  'RR6 = (I + P) ÷ D',
]

function Definitions() {
  return (
    <Details summary="How each is defined">
      <p className="govuk-body">
        Each invitation has one outcome: the first of these that holds, or what an administrator set by hand.
      </p>
      <ul className="govuk-list govuk-list--bullet">
        {definitions.map(([name, words]) => (
          <li key={name}>
            {name}: {words}
          </li>
        ))}
      </ul>
      <ul className="govuk-list">
        {formulas.map((formula) => (
          <li key={formula}>{formula}</li>
        ))}
      </ul>
      <p className="govuk-body">RR5 and RR6 are shown only where U is 0.</p>
    </Details>
  )
}
