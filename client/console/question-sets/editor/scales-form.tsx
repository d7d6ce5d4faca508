import { replacePlan } from '../../../../surveys/editing/edit-question-set.ts'
import { listScaleItems, scaleSentence } from '../../../../surveys/editing/indicator-sentence.ts'
import { proposeName } from '../../../../surveys/editing/propose-code.ts'
import type { Scale } from '../../../../surveys/question-set.ts'
import { Button } from '../../../components/button.tsx'
import { Checkbox, Input } from '../../../components/fields.tsx'
import { useEditor } from './editor-context.ts'
import { LateInput } from './late-input.tsx'
import { idsOf, placeholderId } from './indicators-form.tsx'

/** Means of statements that were answered from 1 to 5. */
export function ScalesForm() {
  const { set, edit, focusSoon } = useEditor()
  const { scales } = set.plan
  const offered = listScaleItems(set)
  function add() {
    edit(`added scale ${scales.length + 1}`, (before) => {
      const added: Scale = { id: placeholderId(before.plan, 'scale'), label: '', items: [] }
      return replacePlan(before, { scales: [...before.plan.scales, added] })
    })
    focusSoon(`plan.scales.${scales.length}.label`)
  }
  return (
    <section className="app-section" id="plan.scales" tabIndex={-1}>
      <h3 className="govuk-heading-s">Scales: means of statements</h3>
      {scales.map((scale, index) => (
        <ScaleForm key={index} scale={scale} index={index} offered={offered} />
      ))}
      {offered.length > 0 ? (
        <Button kind="secondary" onClick={add}>
          Add a scale
        </Button>
      ) : (
        <p className="govuk-body">Add statements that are answered on a scale from 1 to 5 first.</p>
      )}
    </section>
  )
}

interface ScaleFormProps {
  scale: Scale
  index: number
  offered: ReturnType<typeof listScaleItems>
}

function ScaleForm({ scale, index, offered }: ScaleFormProps) {
  const { set, frozen, edit, focusSoon } = useEditor()
  const path = `plan.scales.${index}`
  const change = (what: string, values: Partial<Scale>, typing = false) =>
    edit(
      `${what} of scale ${index + 1}`,
      (before) => {
        const all = before.plan.scales
        return replacePlan(before, { scales: all.with(index, { ...all[index]!, ...values }) })
      },
      typing,
    )
  const propose = () => {
    if (!/^scale_\d+$/.test(scale.id) || frozen.isId(scale.id) || !scale.label?.trim()) return
    change('name', {
      id: proposeName(
        scale.label,
        idsOf(set.plan).filter((id) => id !== scale.id),
      ),
    })
  }
  const itemOf = (variable: string) => scale.items.find((item) => item.variable === variable)
  const gone = scale.items.filter((item) => !offered.some(({ variable }) => variable === item.variable))
  // In the order of the questions, whatever was ticked first; what is not offered any more stays until it is taken out.
  const arranged = (items: Scale['items']) => [
    ...offered.flatMap(({ variable }) => items.filter((item) => item.variable === variable)),
    ...items.filter((item) => !offered.some(({ variable }) => variable === item.variable)),
  ]
  const tick = (variable: string, checked: boolean) =>
    change('statements', {
      items: arranged(
        checked ? [...scale.items, { variable }] : scale.items.filter((item) => item.variable !== variable),
      ),
    })
  const turnRound = (variable: string, reversed: boolean) =>
    change('statements', {
      items: scale.items.map((item) =>
        item.variable === variable ? { variable, ...(reversed ? { reversed } : {}) } : item,
      ),
    })
  return (
    <fieldset className="govuk-fieldset app-plan-item" id={path} tabIndex={-1}>
      <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">
        Scale {index + 1} <code>{scale.id}</code>
      </legend>
      <p className="govuk-body" role="status">
        {scaleSentence(scale, set)}
      </p>
      <Input
        id={`${path}.label`}
        label={`Name of scale ${index + 1} in results`}
        width="full"
        value={scale.label ?? ''}
        onChange={(label) => change('label', { label }, true)}
        onLeave={propose}
      />
      {frozen.isId(scale.id) ? null : (
        <LateInput
          id={`${path}.id`}
          label={`Identifier of scale ${index + 1} in data`}
          hint="Small letters, digits and _. It stays once it is published."
          stored={scale.id}
          onDone={(id) => change('identifier', { id })}
        />
      )}
      <fieldset className="govuk-fieldset" id={`${path}.items`} tabIndex={-1}>
        <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">Statements in scale {index + 1}</legend>
        {[...offered, ...gone.map(({ variable }) => ({ variable, title: `Not there any more (${variable})` }))].map(
          ({ variable, title }) => (
            <div key={variable}>
              <Checkbox
                id={`${path}.items.${variable}`}
                label={title || variable}
                checked={itemOf(variable) !== undefined}
                onChange={(checked) => tick(variable, checked)}
              />
              {itemOf(variable) ? (
                <div className="app-indented">
                  <Checkbox
                    id={`${path}.items.${variable}.reversed`}
                    label="It says the opposite: 5 counts as 1"
                    checked={itemOf(variable)?.reversed === true}
                    onChange={(checked) => turnRound(variable, checked)}
                  />
                </div>
              ) : null}
            </div>
          ),
        )}
      </fieldset>
      <button
        type="button"
        className="app-link-button"
        onClick={() => {
          edit(`removed scale ${index + 1}`, (before) =>
            replacePlan(before, { scales: before.plan.scales.toSpliced(index, 1) }),
          )
          focusSoon('plan.scales')
        }}
      >
        Remove scale {index + 1}
      </button>
    </fieldset>
  )
}
