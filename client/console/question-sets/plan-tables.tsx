import type { AnalysisPlan } from '../../../surveys/question-set.ts'
import { SummaryList } from '../../components/summary-list.tsx'
import { Table } from '../../components/table.tsx'

const breakdownSource = {
  region: 'The region of the system',
  system: 'The system',
  category: 'The register, else the answer',
  variable: 'The answer',
  derived: 'Groups of another breakdown',
}
const list = (names: readonly (string | number)[]) => (names.length > 0 ? names.join(', ') : 'None')

/** What is computed from the answers, and what stays out of the base. */
export function PlanTables({ plan }: { plan: AnalysisPlan }) {
  return (
    <>
      <Table
        caption="Indicators"
        rows={plan.indicators}
        rowKey={({ id }) => id}
        columns={[
          { head: 'Indicator', cell: ({ label }) => label },
          { head: 'Computed from', cell: ({ variable }) => <code>{variable}</code> },
          { head: 'Counts', cell: ({ counts }) => <code>{list(counts)}</code> },
          { head: 'Headline', cell: ({ headline }) => (headline ? 'Yes' : 'No') },
        ]}
      />
      {plan.scales.length > 0 ? (
        <Table
          caption="Scales"
          rows={plan.scales}
          rowKey={({ id }) => id}
          columns={[
            { head: 'Scale', cell: ({ label }) => label },
            {
              head: 'Mean of',
              cell: ({ items }) => (
                <code>
                  {items.map(({ variable, reversed }) => `${variable}${reversed ? ' (reversed)' : ''}`).join(', ')}
                </code>
              ),
            },
          ]}
        />
      ) : null}
      <Table
        caption="Breakdowns"
        rows={plan.breakdowns}
        rowKey={({ id }) => id}
        columns={[
          { head: 'Breakdown', cell: ({ label }) => label },
          { head: 'Code', cell: ({ id }) => <code>{id}</code> },
          { head: 'From', cell: (breakdown) => breakdownSource[breakdown.from] },
        ]}
      />
      <SummaryList
        rows={[
          ['The one cross', plan.cross.join(' × ')],
          ['Means don’t know', list(plan.states.dontKnow)],
          ['Means not applicable', list(plan.states.notApplicable)],
          [
            'What is skipped counts as not applicable where',
            plan.notApplicableWhen ? <code>{plan.notApplicableWhen}</code> : undefined,
          ],
          [
            'Decides whether an unfinished response is partial',
            plan.leadIndicator ? <code>{plan.leadIndicator}</code> : undefined,
          ],
          ['Counted, not published yet', list(plan.counted)],
          ['Read, never counted', list(plan.narrative)],
        ]}
      />
    </>
  )
}
