import { listConditionChoices } from '../../../../surveys/condition.ts'
import {
  elementAt,
  namesOf,
  questionAt,
  replaceElement,
  replacePlan,
  withoutUndefined,
  type Place,
} from '../../../../surveys/editing/edit-question-set.ts'
import { proposeName } from '../../../../surveys/editing/propose-code.ts'
import { isNote } from '../../../../surveys/notes.ts'
import type { Question, QuestionSet } from '../../../../surveys/question-set.ts'
import { kindOf } from '../../../../surveys/editing/read-draft.ts'
import { Checkbox } from '../../../components/fields.tsx'
import { Details } from '../../../components/messages.tsx'
import { TextArea } from '../../../components/text-area.tsx'
import { AnswersForm } from './answers-form.tsx'
import { ConditionForm } from './condition-form.tsx'
import { useEditor } from './editor-context.ts'
import { LateInput } from './late-input.tsx'
import { NoteForm } from './note-form.tsx'
import { pathOf } from './places.ts'

const placeholder = /^question_\d+$/

/** Everything about one question. What is typed is taken at once. */
export function ElementForm({ at }: { at: Place }) {
  const { set, frozen, edit } = useEditor()
  const element = elementAt(set, at)
  if (!element) return null
  if (isNote(element)) return <NoteForm at={at} note={element} />
  const path = pathOf(at)
  const { name } = element
  const change = (what: string, values: Partial<Record<string, unknown>>, typing = true) =>
    edit(`${what} of ${name}`, (before) => replaceElement(before, at, changed(questionAt(before, at)!, values)), typing)
  const propose = () => {
    if (element.title.trim() === '') return
    const taken = namesOf(set).filter((one) => one !== name)
    const proposed =
      placeholder.test(name) && !frozen.isName(name) ? { name: proposeName(element.title, taken) } : undefined
    if (proposed) change('name', proposed, false)
    // An *about you* question names its breakdown, until that gets another name.
    const unnamed = set.plan.breakdowns.some(({ variable, label }) => variable === name && label === '')
    if (unnamed) edit(`breakdown of ${name}`, (before) => labelBreakdown(before, proposed?.name ?? name, element.title))
  }
  if (!kindOf(element, set.plan))
    return (
      <p className="govuk-body">
        This came from a file as ‘{String(element.type)}’, which is none of our types. Delete it and add a question of
        ours, or change it in the file.
      </p>
    )
  return (
    <>
      <TextArea
        id={`${path}.title`}
        label="Question"
        rows={2}
        value={element.title}
        onChange={(title) => change('text', { title })}
        onLeave={propose}
      />
      <TextArea
        id={`${path}.description`}
        label="Help text (optional)"
        hint="Shown in grey under the question."
        rows={2}
        value={element.description ?? ''}
        onChange={(text) => change('help text', { description: text || undefined })}
      />
      <AnswersForm at={at} />
      <Checkbox
        id={`${path}.isRequired`}
        label="An answer is required"
        hint="People who do not know then have to leave. Offer ‘don’t know’ instead where you can."
        checked={element.isRequired === true}
        onChange={(checked) => change('required', { isRequired: checked || undefined }, false)}
      />
      <ConditionForm
        id={`${path}.visibleIf`}
        key={`${path} condition`}
        legend="Ask when"
        opening="Ask when"
        none="It is asked of everyone who comes to this page."
        expression={element.visibleIf}
        choices={listConditionChoices(set.questions, at.page)}
        onChange={(visibleIf) => change('condition', { visibleIf }, false)}
      />
      <Details summary="Name, and where it comes from">
        {frozen.isName(name) ? (
          <p className="govuk-body">
            Its name in data is <code>{name}</code>. It was published and cannot change.
          </p>
        ) : (
          <LateInput
            id={`${path}.name`}
            label="Name in data"
            hint="Small letters, digits and _. It becomes a column of the data."
            stored={name}
            onDone={(text) => change('name', { name: text }, false)}
          />
        )}
        <TextArea
          id={`${path}.provenance`}
          label="Where the question comes from (optional)"
          hint="The finding or standard that it rests on. Respondents are not shown it."
          rows={2}
          value={element.provenance ?? ''}
          onChange={(text) => change('provenance', { provenance: text || undefined })}
        />
      </Details>
    </>
  )
}

const labelBreakdown = (set: QuestionSet, variable: string, label: string): QuestionSet =>
  replacePlan(set, {
    breakdowns: set.plan.breakdowns.map((one) =>
      one.variable === variable && one.label === '' ? { ...one, label } : one,
    ),
  })

const changed = (element: Question, values: Partial<Record<string, unknown>>) =>
  withoutUndefined({ ...element, ...values })
