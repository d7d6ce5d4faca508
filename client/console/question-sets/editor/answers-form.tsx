import {
  questionAt,
  replaceElement,
  withoutUndefined,
  type Place,
} from '../../../../surveys/editing/edit-question-set.ts'
import type { Code, Question } from '../../../../surveys/question-set.ts'
import {
  hasState,
  withoutOther,
  withoutState,
  withOther,
  withState,
  type State,
} from '../../../../surveys/editing/question-templates.ts'
import { Checkbox, Input } from '../../../components/fields.tsx'
import { useEditor } from './editor-context.ts'
import { ItemList } from './item-list.tsx'
import { pathOf } from './places.ts'
import { TypeSelect } from './type-select.tsx'

const stateWords: Record<State, string> = { dontKnow: 'Don’t know', notApplicable: 'Not applicable' }

/** What may be answered: choices, statements on a scale, a number between limits, text up to a length. */
export function AnswersForm({ at }: { at: Place }) {
  const { set } = useEditor()
  const element = questionAt(set, at)
  if (!element) return null
  const states = [...set.plan.states.dontKnow, ...set.plan.states.notApplicable]
  if (element.type === 'matrix')
    return (
      <>
        <ItemList at={at} list="rows" title="Statements" one="statement" except={[]} />
        <ItemList
          at={at}
          list="columns"
          title="Answers"
          one="answer"
          hint="A scale of agreement has the codes 1 to 5, from the least to the most."
          except={states}
        />
        <StandingApart at={at} states={states} />
      </>
    )
  if ('choices' in element)
    return (
      <>
        <TypeSelect at={at} />
        <ItemList
          at={at}
          list="choices"
          title="Choices"
          one="choice"
          hint="Beside each its code in data, proposed from the text."
          except={states}
        />
        <StandingApart at={at} states={states} />
        {element.type === 'checkbox' ? (
          <NumberField at={at} name="maxSelectedChoices" label="At most this many (optional)" optional />
        ) : null}
      </>
    )
  if (element.type === 'comment') return <NumberField at={at} name="maxLength" label="Characters at most" />
  if (element.type !== 'text') return null
  if (element.inputType === 'number')
    return (
      <>
        <NumberField at={at} name="min" label="Smallest number" />
        <NumberField at={at} name="max" label="Largest number" />
      </>
    )
  if (element.inputType === 'date') return null
  return <NumberField at={at} name="maxLength" label="Characters at most" />
}

interface NumberFieldProps {
  at: Place
  name: 'min' | 'max' | 'maxLength' | 'maxSelectedChoices'
  label: string
  optional?: boolean
}

function NumberField({ at, name, label, optional = false }: NumberFieldProps) {
  const { set, edit } = useEditor()
  const element = questionAt(set, at) as (Question & Partial<Record<string, unknown>>) | undefined
  if (!element) return null
  const stored = element[name]
  return (
    <Input
      id={`${pathOf(at)}.${name}`}
      label={label}
      type="number"
      width="5"
      value={typeof stored === 'number' || typeof stored === 'string' ? String(stored) : ''}
      onChange={(text) =>
        edit(
          `${label.toLowerCase()} of ${element.name}`,
          (before) => replaceElement(before, at, withNumber(questionAt(before, at)!, name, text, optional)),
          true,
        )
      }
    />
  )
}

/** What is no number stays as it was typed: the check says so. */
const withNumber = (element: Question, name: string, text: string, optional: boolean): Question =>
  withoutUndefined({
    ...element,
    [name]: /^-?\d{1,9}$/.test(text) ? Number(text) : text === '' && optional ? undefined : text,
  })

/** Other, don't know and not applicable: each a box, and its words where it is ticked. */
function StandingApart({ at, states }: { at: Place; states: readonly Code[] }) {
  const { set, edit } = useEditor()
  const element = questionAt(set, at)
  if (!element) return null
  const path = pathOf(at)
  const change = (what: string, next: (element: Question) => Question, typing = false) =>
    edit(`${what} of ${element.name}`, (before) => replaceElement(before, at, next(questionAt(before, at)!)), typing)
  const list = element.type === 'matrix' ? 'columns' : 'choices'
  const items = ((element as unknown as Record<string, unknown>)[list] ?? []) as { value: Code; text: string }[]
  return (
    <fieldset className="govuk-fieldset">
      <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">Answers that stand apart</legend>
      {element.type === 'matrix' ? null : (
        <>
          <Checkbox
            id={`${path}.showOtherItem`}
            label="Other, please say"
            checked={'showOtherItem' in element && element.showOtherItem === true}
            onChange={(checked) => change('‘other’', checked ? withOther : withoutOther)}
          />
          {'otherText' in element ? (
            <Input
              id={`${path}.otherText`}
              label="Text of other"
              value={element.otherText ?? ''}
              onChange={(text) => change('text of ‘other’', (one) => ({ ...one, otherText: text }) as Question, true)}
            />
          ) : null}
        </>
      )}
      {(['dontKnow', 'notApplicable'] as const).map((state) => (
        <Checkbox
          key={state}
          id={`${path}.${state}`}
          label={stateWords[state]}
          hint="It excludes other answers and is never in the base of a share."
          checked={hasState(element, state, set.plan)}
          onChange={(checked) =>
            change(stateWords[state], (one) =>
              checked ? withState(one, state, set.plan) : withoutState(one, state, set.plan),
            )
          }
        />
      ))}
      {items.map((item, index) =>
        states.includes(item.value) ? (
          <Input
            key={item.value}
            id={`${path}.${list}.${index}.text`}
            label={`Text of ${item.value}`}
            value={item.text}
            onChange={(text) =>
              change(
                `text of ${item.value}`,
                (one) => {
                  const before = (one as unknown as Record<string, typeof items>)[list] ?? []
                  return { ...one, [list]: before.with(index, { ...before[index]!, text }) }
                },
                true,
              )
            }
          />
        ) : null,
      )}
    </fieldset>
  )
}
