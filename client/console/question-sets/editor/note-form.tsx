import { listConditionChoices } from '../../../../surveys/condition.ts'
import {
  elementAt,
  replaceElement,
  withoutUndefined,
  type Place,
} from '../../../../surveys/editing/edit-question-set.ts'
import type { Note } from '../../../../surveys/question-set.ts'
import { Input } from '../../../components/fields.tsx'
import { Details } from '../../../components/messages.tsx'
import { TextArea } from '../../../components/text-area.tsx'
import { ConditionForm } from './condition-form.tsx'
import { useEditor } from './editor-context.ts'
import { pathOf } from './places.ts'

/** A heading, paragraphs or both: what is emptied is left out. */
export function NoteForm({ at, note }: { at: Place; note: Note }) {
  const { set, edit } = useEditor()
  const path = pathOf(at)
  const change = (what: string, values: Partial<Note>, typing = true) =>
    edit(
      `${what} of ${note.name}`,
      (before) => {
        const changed = { ...(elementAt(before, at) as Note), ...values }
        const words = { title: changed.title || undefined, html: changed.html || undefined }
        return replaceElement(before, at, withoutUndefined({ ...changed, ...words }))
      },
      typing,
    )
  return (
    <>
      <Input
        id={`${path}.title`}
        label="Heading (optional)"
        width="full"
        value={note.title ?? ''}
        onChange={(title) => change('heading', { title })}
      />
      <TextArea
        id={`${path}.html`}
        label="Paragraphs (optional)"
        hint="Leave a line empty between paragraphs. Nobody answers them."
        rows={6}
        value={note.html ?? ''}
        onChange={(html) => change('paragraphs', { html })}
      />
      <ConditionForm
        id={`${path}.visibleIf`}
        key={`${path} condition`}
        legend="Show when"
        opening="Show when"
        none="It is shown to everyone who comes to this page."
        expression={note.visibleIf}
        choices={listConditionChoices(set.questions, at.page)}
        onChange={(visibleIf) => change('condition', { visibleIf }, false)}
      />
      <Details summary="Where it comes from">
        <TextArea
          id={`${path}.provenance`}
          label="Where the text comes from (optional)"
          hint="The finding or standard that it rests on. Respondents are not shown it."
          rows={2}
          value={note.provenance ?? ''}
          onChange={(text) => change('provenance', { provenance: text || undefined })}
        />
      </Details>
    </>
  )
}
