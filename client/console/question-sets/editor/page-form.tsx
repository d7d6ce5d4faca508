import { listConditionChoices } from '../../../../surveys/condition.ts'
import {
  pageAt,
  replacePage,
  replacePlan,
  replaceWords,
  type Place,
} from '../../../../surveys/editing/edit-question-set.ts'
import { modeNames, modeOf, modeSchema } from '../../../../surveys/modes.ts'
import { Input, Select } from '../../../components/fields.tsx'
import { TextArea } from '../../../components/text-area.tsx'
import { ConditionForm } from './condition-form.tsx'
import { useEditor } from './editor-context.ts'
import { pathOf } from './places.ts'

/** The words of a page and who is shown it. */
export function PageForm({ at }: { at: Place }) {
  const { set, edit } = useEditor()
  const page = pageAt(set, at)
  if (!page) return null
  const path = pathOf(at)
  const change = (what: string, values: Parameters<typeof replacePage>[2], typing = true) =>
    edit(`${what} of page ${at.page + 1}`, (before) => replacePage(before, at, values), typing)
  return (
    <>
      <Input
        id={`${path}.title`}
        label="Title of the page"
        width="full"
        value={page.title}
        onChange={(title) => change('title', { title })}
      />
      <TextArea
        id={`${path}.description`}
        label="Introduction to the page (optional)"
        rows={3}
        value={page.description ?? ''}
        onChange={(text) => change('introduction', { description: text || undefined })}
      />
      <ConditionForm
        key={`${path} condition`}
        id={`${path}.visibleIf`}
        legend="Show the page when"
        opening="Show the page when"
        none="Everyone is shown the page."
        expression={page.visibleIf}
        choices={listConditionChoices(set.questions, at.page)}
        onChange={(visibleIf) => change('condition', { visibleIf }, false)}
      />
    </>
  )
}

/** The title, the introduction, the time that people are told, and how they are reached. */
export function QuestionnaireForm({ isPublished }: { isPublished: boolean }) {
  const { set, edit } = useEditor()
  const { questions, plan } = set
  return (
    <>
      <Input
        id="questions.title"
        label="Title of the questionnaire"
        width="full"
        value={questions.title}
        onChange={(title) => edit('title', (before) => replaceWords(before, { title }), true)}
      />
      <TextArea
        id="questions.description"
        label="Introduction (optional)"
        rows={4}
        value={questions.description ?? ''}
        onChange={(text) =>
          edit('introduction', (before) => replaceWords(before, { description: text || undefined }), true)
        }
      />
      <Input
        id="plan.minutes"
        label="Minutes that people are told answering takes"
        type="number"
        width="3"
        value={String(plan.minutes)}
        onChange={(text) =>
          edit(
            'minutes',
            // What is no number stays as it was typed: the check says so.
            (before) => replacePlan(before, { minutes: (/^\d{1,3}$/.test(text) ? Number(text) : text) as number }),
            true,
          )
        }
      />
      {isPublished ? (
        <p className="govuk-body">People are reached by {modeOf(plan).words.links.toLowerCase()}.</p>
      ) : (
        <Select
          id="plan.mode"
          label="How people are reached"
          value={plan.mode}
          options={modeNames.map((mode) => ({ value: mode, label: modeOf({ mode }).words.links }))}
          onChange={(mode) =>
            edit('how people are reached', (before) => replacePlan(before, { mode: modeSchema.parse(mode) }))
          }
        />
      )}
    </>
  )
}
