import { useState } from 'react'
import {
  addElement,
  addPage,
  canMove,
  duplicate,
  elementAt,
  move,
  pageAt,
  remove,
  type Edited,
  type Place,
} from '../../../../surveys/editing/edit-question-set.ts'
import { isNote, wordsOfNote } from '../../../../surveys/notes.ts'
import type { PageElement, QuestionSet } from '../../../../surveys/question-set.ts'
import { questionKinds, type QuestionKind } from '../../../../surveys/editing/question-templates.ts'
import { kindOf } from '../../../../surveys/editing/read-draft.ts'
import { measureText } from '../../../../surveys/editing/writing-help.ts'
import { Button } from '../../../components/button.tsx'
import { Select } from '../../../components/fields.tsx'
import { ElementForm } from './element-form.tsx'
import { useEditor } from './editor-context.ts'
import { PageForm } from './page-form.tsx'
import { pathOf } from './places.ts'
import { Remarks } from './remarks.tsx'

type Restructure = (set: QuestionSet) => Edited

/** The form of a page or question: what to do with it, its fields, and what comes next. `onGo`: to a path, with the focus there or left where it is. */
export function PartForm({ at, onGo }: { at: Place; onGo: (path: string, keepsFocus: boolean) => void }) {
  const { set, edit, focusSoon } = useEditor()
  const page = pageAt(set, at)
  const element = elementAt(set, at)
  if (!page || (at.element !== undefined && !element))
    return (
      <h2 className="govuk-heading-m" id="editor-part" tabIndex={-1}>
        There is no such page or question any more
      </h2>
    )
  const name = element?.name ?? page.name
  const isPage = at.element === undefined
  const restructure = (what: string, change: Restructure, field = '') => {
    const { at: next } = change(set)
    edit(what, (before) => change(before).set)
    // Pressed again, it moves again.
    onGo(pathOf(next), what.startsWith('moved') || field !== '')
    if (field) focusSoon(`${pathOf(next)}.${field}`)
  }
  return (
    <>
      <h2 className="govuk-heading-m" id="editor-part" tabIndex={-1}>
        {element ? headingOf(element, at, set) : `Page ${at.page + 1}`}
      </h2>
      <PartActions at={at} onEdit={restructure} />
      <Remarks path={pathOf(at)} except={isPage ? `${pathOf(at)}.elements` : undefined} />
      {element ? <ElementForm at={at} /> : <PageForm at={at} />}
      {element ? <Measure text={wordsOf(element)} /> : null}
      <AddElement
        onAdd={(kind) =>
          restructure(`added a question after ${name}`, (before) => addElement(before, kind, at), 'title')
        }
        where={isPage ? 'last on this page' : 'after this one'}
      />
      <Button
        kind="secondary"
        onClick={() => restructure(`added a page after ${page.name}`, (before) => addPage(before, at), 'title')}
      >
        Add a page after this one
      </Button>
    </>
  )
}

const wordsOf = (element: PageElement) =>
  isNote(element) ? wordsOfNote(element) : [element.title, element.description ?? ''].join(' ')

const headingOf = (element: PageElement, { page, element: at = 0 }: Place, { plan }: QuestionSet) =>
  `${isNote(element) ? 'Text' : 'Question'} ${at + 1} on page ${page + 1}: ${kindOf(element, plan)?.label ?? 'not one of ours'}`

/** Moving, duplicating and deleting a page or question, each by a button. */
function PartActions({ at, onEdit }: { at: Place; onEdit: (what: string, change: Restructure) => void }) {
  const { set } = useEditor()
  const page = pageAt(set, at)!
  const element = elementAt(set, at)
  const name = (element ?? page).name
  const isPage = at.element === undefined
  const noun = isPage ? 'page' : element && isNote(element) ? 'text' : 'question'
  return (
    <div className="app-actions app-part-actions">
      {([-1, 1] as const).map((step) => (
        <button
          key={step}
          type="button"
          className="app-link-button"
          aria-disabled={!canMove(set, at, step) || undefined}
          onClick={() => onEdit(`moved ${name}`, (before) => move(before, at, step))}
        >
          Move {step === -1 ? 'up' : 'down'}
        </button>
      ))}
      <button
        type="button"
        className="app-link-button"
        onClick={() => onEdit(`duplicated ${name}`, (before) => duplicate(before, at))}
      >
        Duplicate the {noun}
      </button>
      {isPage && set.questions.pages.length === 1 ? null : (
        <button
          type="button"
          className="app-link-button"
          onClick={() => onEdit(`deleted ${name}`, (before) => remove(before, at))}
        >
          Delete the {noun}
          {isPage && page.elements.length > 0 ? ' and its questions' : ''}
        </button>
      )}
    </div>
  )
}

function AddElement({ where, onAdd }: { where: string; onAdd: (kind: QuestionKind) => void }) {
  const [kind, setKind] = useState<QuestionKind>('single_choice')
  return (
    <div className="app-add">
      <Select
        id="add-kind"
        label={`Add a question ${where}`}
        hint={questionKinds.find((one) => one.kind === kind)?.hint}
        value={kind}
        options={questionKinds.map((one) => ({ value: one.kind, label: one.label }))}
        onChange={(value) => setKind(value as QuestionKind)}
      />
      <Button kind="secondary" onClick={() => onAdd(kind)}>
        Add it
      </Button>
    </div>
  )
}

/** How long the words take and how old their readers should be. */
function Measure({ text }: { text: string }) {
  const { line } = measureText(text)
  return text.trim() === '' ? null : <p className="govuk-hint">To read: {line}</p>
}
