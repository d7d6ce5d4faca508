import { listConditionChoices } from '../../../../surveys/condition.ts'
import { replacePlan } from '../../../../surveys/editing/edit-question-set.ts'
import { Select } from '../../../components/fields.tsx'
import { SummaryList } from '../../../components/summary-list.tsx'
import { BreakdownsForm } from './breakdowns-form.tsx'
import { ConditionForm } from './condition-form.tsx'
import { useEditor } from './editor-context.ts'
import { IndicatorsForm } from './indicators-form.tsx'
import { Remarks } from './remarks.tsx'
import { ScalesForm } from './scales-form.tsx'

/** What is computed from the answers: shares, means, what they are broken down by, and what stays out of the base. */
export function PlanForm() {
  const { set, edit } = useEditor()
  const { questions, plan } = set
  const titles = new Map(questions.pages.flatMap(({ elements }) => elements.map(({ name, title }) => [name, title])))
  const listed = (names: readonly string[]) =>
    names.length === 0 ? 'None' : names.map((name) => titles.get(name) || name).join('; ')
  return (
    <>
      <h2 className="govuk-heading-m" id="editor-part" tabIndex={-1}>
        Analysis plan
      </h2>
      <Remarks path="plan" />
      <IndicatorsForm />
      <ScalesForm />
      <BreakdownsForm />
      <h3 className="govuk-heading-s">Everything else</h3>
      <Select
        id="plan.leadIndicator"
        label="The answer that makes an unfinished response count as partial"
        value={plan.leadIndicator ?? ''}
        options={[
          { value: '', label: 'None' },
          ...plan.indicators.map(({ id, label }) => ({ value: id, label: label || id })),
        ]}
        onChange={(id) => edit('lead indicator', (before) => replacePlan(before, { leadIndicator: id || undefined }))}
      />
      <ConditionForm
        id="plan.notApplicableWhen"
        legend="What is skipped counts as ‘not applicable’ when"
        opening="What is skipped counts as ‘not applicable’ when"
        none="What is skipped counts as not asked."
        expression={plan.notApplicableWhen}
        choices={listConditionChoices(questions, questions.pages.length)}
        onChange={(notApplicableWhen) =>
          edit('what counts as not applicable', (before) => replacePlan(before, { notApplicableWhen }))
        }
      />
      <SummaryList
        rows={[
          ['Counted, and not published by itself', listed(plan.counted)],
          ['Read, never counted', listed(plan.narrative)],
          ['Never in a base', [...plan.states.dontKnow, ...plan.states.notApplicable].join(', ') || 'Nothing'],
        ]}
      />
    </>
  )
}
