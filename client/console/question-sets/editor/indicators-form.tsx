import { replacePlan, withoutUndefined } from '../../../../surveys/editing/edit-question-set.ts'
import { indicatorSentence, listIndicatorChoices } from '../../../../surveys/editing/indicator-sentence.ts'
import { proposeName } from '../../../../surveys/editing/propose-code.ts'
import type { AnalysisPlan, Indicator } from '../../../../surveys/question-set.ts'
import { Button } from '../../../components/button.tsx'
import { Checkbox, Input, Select } from '../../../components/fields.tsx'
import { useEditor } from './editor-context.ts'
import { LateInput } from './late-input.tsx'

/** Identifiers of indicators and scales share one list. */
export const idsOf = ({ indicators, scales }: AnalysisPlan): string[] => [...indicators, ...scales].map(({ id }) => id)

/** The next free one of its kind, until its label proposes another. */
export function placeholderId(plan: AnalysisPlan, kind: string): string {
  const taken = idsOf(plan)
  let number = 1
  while (taken.includes(`${kind}_${number}`)) number += 1
  return `${kind}_${number}`
}

/** Shares: of everyone who answered a question, those whose answer counts. */
export function IndicatorsForm() {
  const { set, edit, focusSoon } = useEditor()
  const { indicators } = set.plan
  const choices = listIndicatorChoices(set)
  function add() {
    const [first] = choices
    if (!first) return
    edit(`added indicator ${indicators.length + 1}`, (before) => {
      const id = placeholderId(before.plan, 'indicator')
      const added: Indicator = { id, label: '', variable: first.variable, counts: [] }
      return replacePlan(before, { indicators: [...before.plan.indicators, added] })
    })
    focusSoon(`plan.indicators.${indicators.length}.label`)
  }
  return (
    <section className="app-section" id="plan.indicators" tabIndex={-1}>
      <h3 className="govuk-heading-s">Indicators: shares of those who answered</h3>
      {indicators.map((indicator, index) => (
        <IndicatorForm key={index} indicator={indicator} index={index} choices={choices} />
      ))}
      {choices.length > 0 ? (
        <Button kind="secondary" onClick={add}>
          Add an indicator
        </Button>
      ) : (
        <p className="govuk-body">Add a question with choices first.</p>
      )}
    </section>
  )
}

interface IndicatorFormProps {
  indicator: Indicator
  index: number
  choices: ReturnType<typeof listIndicatorChoices>
}

function IndicatorForm({ indicator, index, choices }: IndicatorFormProps) {
  const { set, frozen, edit, focusSoon } = useEditor()
  const path = `plan.indicators.${index}`
  const choice = choices.find(({ variable }) => variable === indicator.variable)
  const offered = choice?.counts ?? []
  // An answer that was deleted counts, and is shown, until it is taken out.
  const gone = indicator.counts
    .filter((code) => !offered.some(({ value }) => value === code))
    .map((code) => ({ value: code, text: `Not there any more (${code})` }))
  const change = (what: string, values: Partial<Indicator>, typing = false) =>
    edit(
      `${what} of indicator ${index + 1}`,
      (before) => {
        const all = before.plan.indicators
        const id = values.id ?? indicator.id
        const lead = before.plan.leadIndicator === indicator.id ? { leadIndicator: id } : {}
        return replacePlan(before, {
          indicators: all.with(index, withoutUndefined({ ...all[index]!, ...values })),
          ...lead,
        })
      },
      typing,
    )
  const propose = () => {
    if (!/^indicator_\d+$/.test(indicator.id) || frozen.isId(indicator.id) || !indicator.label?.trim()) return
    change('name', {
      id: proposeName(
        indicator.label,
        idsOf(set.plan).filter((id) => id !== indicator.id),
      ),
    })
  }
  return (
    <fieldset className="govuk-fieldset app-plan-item" id={path} tabIndex={-1}>
      <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">
        Indicator {index + 1} <code>{indicator.id}</code>
      </legend>
      <p className="govuk-body" role="status">
        {indicatorSentence(indicator, set)}
      </p>
      <Input
        id={`${path}.label`}
        label={`Name of indicator ${index + 1} in results`}
        width="full"
        value={indicator.label ?? ''}
        onChange={(label) => change('label', { label }, true)}
        onLeave={propose}
      />
      {frozen.isId(indicator.id) ? null : (
        <LateInput
          id={`${path}.id`}
          label={`Identifier of indicator ${index + 1} in data`}
          hint="Small letters, digits and _. It stays once it is published."
          stored={indicator.id}
          onDone={(id) => change('identifier', { id })}
        />
      )}
      <Select
        id={`${path}.variable`}
        label={`Indicator ${index + 1}: share of the answers to`}
        value={indicator.variable}
        options={[
          ...(choice
            ? []
            : [{ value: indicator.variable, label: `A question that is not there (${indicator.variable})` }]),
          ...choices.map(({ variable, title }) => ({ value: variable, label: title || variable })),
        ]}
        onChange={(variable) => {
          const next = choices.find((one) => one.variable === variable)
          change('question', { variable, counts: next?.counts.length === 1 ? [next.counts[0]!.value] : [] })
        }}
      />
      <fieldset className="govuk-fieldset" id={`${path}.counts`} tabIndex={-1}>
        <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">
          Answers that count in indicator {index + 1}
        </legend>
        {[...offered, ...gone].map(({ value, text }) => (
          <Checkbox
            key={value}
            id={`${path}.counts.${value}`}
            label={text || String(value)}
            checked={indicator.counts.includes(value)}
            onChange={(checked) => {
              change('answers that count', {
                counts: [...offered, ...gone]
                  .map((one) => one.value)
                  .filter((code) => (code === value ? checked : indicator.counts.includes(code))),
              })
              if (!offered.some((one) => one.value === value)) focusSoon(`${path}.counts`)
            }}
          />
        ))}
      </fieldset>
      <Checkbox
        id={`${path}.headline`}
        label={`Show indicator ${index + 1} first, as a chart`}
        checked={indicator.headline === true}
        onChange={(checked) => change('headline', { headline: checked || undefined })}
      />
      <button
        type="button"
        className="app-link-button"
        onClick={() => {
          edit(`removed indicator ${index + 1}`, (before) =>
            replacePlan(before, { indicators: before.plan.indicators.toSpliced(index, 1) }),
          )
          focusSoon('plan.indicators')
        }}
      >
        Remove indicator {index + 1}
      </button>
    </fieldset>
  )
}
