import { listValues } from '../../../../surveys/condition.ts'
import { namesOf, replacePlan } from '../../../../surveys/editing/edit-question-set.ts'
import { proposeCode } from '../../../../surveys/editing/propose-code.ts'
import { modeOf } from '../../../../surveys/modes.ts'
import { questionsOf } from '../../../../surveys/notes.ts'
import type { AnalysisPlan, Breakdown, QuestionSet } from '../../../../surveys/question-set.ts'
import { isOneChoice, stateCodes } from '../../../../surveys/variables.ts'
import { Button } from '../../../components/button.tsx'
import { Checkbox, Input, Select } from '../../../components/fields.tsx'
import { useEditor } from './editor-context.ts'

const allQuestions = ({ questions }: QuestionSet) => questions.pages.flatMap(questionsOf)
const titleOf = (set: QuestionSet, name: string | undefined) =>
  allQuestions(set).find((element) => element.name === name)?.title || (name ?? '')

/** By what results are broken down, and the one cross of two of them. */
export function BreakdownsForm() {
  const { set, edit, focusSoon } = useEditor()
  const { breakdowns, cross } = set.plan
  const options = breakdowns.map(({ id, label }) => ({ value: id, label: label || id }))
  const setCross = (place: 0 | 1, id: string) =>
    edit('the cross', (before) => {
      const [first, second] = before.plan.cross
      return replacePlan(before, { cross: place === 0 ? [id, second] : [first, id] })
    })
  const offers = listOffers(set)
  function add(value: string) {
    const offer = offers.find((one) => one.value === value)
    if (!offer) return
    edit(`added breakdown ${offer.breakdown.id}`, (before) =>
      replacePlan(before, { breakdowns: [...before.plan.breakdowns, offer.breakdown] }),
    )
    focusSoon(`plan.breakdowns.${breakdowns.length}.label`)
  }
  return (
    <section className="app-section" id="plan.breakdowns" tabIndex={-1}>
      <h3 className="govuk-heading-s">Breakdowns</h3>
      {breakdowns.map((breakdown, index) => (
        <BreakdownForm key={index} breakdown={breakdown} index={index} />
      ))}
      {offers.length > 0 ? (
        <Select
          id="add-breakdown"
          label="Add a breakdown"
          value=""
          options={[{ value: '', label: 'Choose what by' }, ...offers]}
          onChange={add}
        />
      ) : null}
      <div id="plan.cross" tabIndex={-1}>
        {([0, 1] as const).map((place) => (
          <Select
            key={place}
            id={`plan.cross.${place}`}
            label={place === 0 ? 'The one cross: results by' : 'and by'}
            value={cross[place]}
            options={[
              ...(options.some(({ value }) => value === cross[place])
                ? []
                : [{ value: cross[place], label: cross[place] || 'Choose a breakdown' }]),
              ...options,
            ]}
            onChange={(id) => setCross(place, id)}
          />
        ))}
      </div>
    </section>
  )
}

/** What results are not broken down by yet, and could be. */
function listOffers(set: QuestionSet): { value: string; label: string; breakdown: Breakdown }[] {
  const { breakdowns, mode } = set.plan
  const has = (from: Breakdown['from']) => breakdowns.some((one) => one.from === from)
  const used = (name: string) => breakdowns.some(({ variable }) => variable === name)
  const free = allQuestions(set).filter((element) => isOneChoice(element) && !used(element.name))
  const taken = namesOf(set)
  const categories = modeOf({ mode }).invites && !has('category') ? free : []
  return [
    ...(has('region')
      ? []
      : [{ label: 'Region', breakdown: { id: 'region', label: 'Region', from: 'region' as const } }]),
    ...(has('system')
      ? []
      : [{ label: 'System', breakdown: { id: 'system', label: 'System', from: 'system' as const } }]),
    ...free.map(({ name, title }) => ({
      label: `The answer to ‘${title || name}’`,
      breakdown: { id: name, label: title, from: 'variable' as const, variable: name },
    })),
    ...categories.map(({ name, title }) => ({
      label: `Service type: as registered, else the answer to ‘${title || name}’`,
      breakdown: {
        id: proposeCode('category', taken),
        label: 'Service type',
        from: 'category' as const,
        variable: name,
      },
    })),
    ...breakdowns
      .filter(({ variable }) => variable !== undefined)
      .map(({ id, label }) => ({
        label: `Groups of ‘${label || id}’`,
        breakdown: { id: proposeCode(`${id} group`, taken), label: '', from: 'derived' as const, of: id, groups: [] },
      })),
  ].map(({ label, breakdown }) => ({ value: `${breakdown.from} ${breakdown.id}`, label, breakdown }))
}

function originOf(set: QuestionSet, { from, variable, of }: Breakdown): string {
  if (from === 'region') return 'The region of the system.'
  if (from === 'system') return 'The system.'
  if (from === 'category') return `The service type of the register, else the answer to ‘${titleOf(set, variable)}’.`
  if (from === 'variable') return `The answer to ‘${titleOf(set, variable)}’.`
  const source = set.plan.breakdowns.find(({ id }) => id === of)
  return `Groups of ‘${source?.label || (of ?? '')}’.`
}

function BreakdownForm({ breakdown, index }: { breakdown: Breakdown; index: number }) {
  const { set, edit, focusSoon } = useEditor()
  const path = `plan.breakdowns.${index}`
  const change = (what: string, values: Partial<Breakdown>, typing = false) =>
    edit(
      `${what} of breakdown ${breakdown.id}`,
      (before) => {
        const all = before.plan.breakdowns
        return replacePlan(before, { breakdowns: all.with(index, { ...all[index]!, ...values }) })
      },
      typing,
    )
  return (
    <fieldset className="govuk-fieldset app-plan-item" id={path} tabIndex={-1}>
      <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">
        Breakdown {index + 1} <code>{breakdown.id}</code>
      </legend>
      <p className="govuk-hint">{originOf(set, breakdown)}</p>
      <Input
        id={`${path}.label`}
        label={`Name of breakdown ${index + 1} in results`}
        value={breakdown.label ?? ''}
        onChange={(label) => change('label', { label }, true)}
      />
      {breakdown.from === 'derived' ? (
        <Groups {...{ path, breakdown }} onChange={(groups, typing) => change('groups', { groups }, typing)} />
      ) : null}
      <button
        type="button"
        className="app-link-button"
        onClick={() => {
          edit(`removed breakdown ${breakdown.id}`, (before) => replacePlan(before, without(before.plan, index)))
          focusSoon('plan.breakdowns')
        }}
      >
        Remove breakdown {index + 1}
      </button>
    </fieldset>
  )
}

const without = ({ breakdowns }: AnalysisPlan, index: number) => ({ breakdowns: breakdowns.toSpliced(index, 1) })

type GroupList = NonNullable<Breakdown['groups']>

interface GroupsProps {
  path: string
  breakdown: Breakdown
  onChange: (groups: GroupList, typing?: boolean) => void
}

/** Groups of another breakdown's answers: each answer in one of them. */
function Groups({ path, breakdown, onChange }: GroupsProps) {
  const { set, frozen, focusSoon } = useEditor()
  const groups = breakdown.groups ?? []
  const source = set.plan.breakdowns.find(({ id }) => id === breakdown.of)
  const question = allQuestions(set).find(({ name }) => name === source?.variable)
  const states = stateCodes(set)
  const answers = question ? listValues(question).filter(({ value }) => !states.has(value)) : []
  const changeGroup = (index: number, values: Partial<GroupList[number]>, typing = false) =>
    onChange(groups.with(index, { ...groups[index]!, ...values }), typing)
  // An answer is in one group: ticked in another, it leaves the one it was in.
  const tick = (index: number, code: string, checked: boolean) =>
    onChange(
      groups.map((group, at) => {
        const others = group.codes.filter((one) => one !== code)
        return { ...group, codes: at === index && checked ? [...others, code] : others }
      }),
    )
  // A code whose answer was deleted is shown until it is taken out.
  const goneOf = ({ codes }: GroupList[number]) =>
    codes
      .filter((code) => !answers.some(({ value }) => String(value) === code))
      .map((code) => ({ value: code, text: `Not there any more (${code})` }))
  function add() {
    const code = proposeCode(
      `group ${groups.length + 1}`,
      groups.map((group) => group.code),
    )
    onChange([...groups, { code, label: '', codes: [] }])
    focusSoon(`${path}.groups.${groups.length}.label`)
  }
  return (
    <>
      {groups.map((group, index) => (
        <fieldset key={index} className="govuk-fieldset app-indented" id={`${path}.groups.${index}`} tabIndex={-1}>
          <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">
            Group {index + 1} <code>{group.code}</code>
          </legend>
          <Input
            id={`${path}.groups.${index}.label`}
            label={`Name of group ${index + 1}`}
            value={group.label ?? ''}
            onChange={(label) => changeGroup(index, { label }, true)}
            onLeave={() => {
              if (!/^group_\d+$/.test(group.code) || frozen.isId(breakdown.id, group.code)) return
              if (!group.label?.trim()) return
              const taken = groups.filter((one) => one !== group).map((one) => one.code)
              changeGroup(index, { code: proposeCode(group.label, taken) })
            }}
          />
          {[...answers, ...goneOf(group)].map(({ value, text }) => (
            <Checkbox
              key={value}
              id={`${path}.groups.${index}.codes.${value}`}
              label={text || String(value)}
              checked={group.codes.includes(String(value))}
              onChange={(checked) => {
                tick(index, String(value), checked)
                if (!answers.some((one) => one.value === value)) focusSoon(`${path}.groups.${index}`)
              }}
            />
          ))}
          <button
            type="button"
            className="app-link-button"
            onClick={() => {
              onChange(groups.toSpliced(index, 1))
              focusSoon(path)
            }}
          >
            Remove group {index + 1}
          </button>
        </fieldset>
      ))}
      <Button kind="secondary" onClick={add}>
        Add a group
      </Button>
    </>
  )
}
