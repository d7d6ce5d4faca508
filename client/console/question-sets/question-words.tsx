import { isNote, paragraphsOf } from '../../../surveys/notes.ts'
import type { Note, PageElement, Question } from '../../../surveys/question-set.ts'

/** What stands on a page, as it is written down. */
export const ElementWords = ({ element }: { element: PageElement }) =>
  isNote(element) ? <NoteWords note={element} /> : <QuestionWords question={element} />

/** A heading or paragraph, condition and provenance. */
function NoteWords({ note }: { note: Note }) {
  return (
    <article className="app-question">
      {note.title === undefined ? null : <h4 className="govuk-heading-s">{note.title}</h4>}
      {paragraphsOf(note).map((paragraph, index) => (
        <p key={index} className="govuk-body">
          {paragraph}
        </p>
      ))}
      <p className="govuk-body-s">
        Heading or paragraph, not answered · <code>{note.name}</code>
        <ShownWhere element={note} />
      </p>
      <Provenance element={note} />
    </article>
  )
}

/** A question: its words, codes, condition and provenance. */
function QuestionWords({ question }: { question: Question }) {
  return (
    <article className="app-question">
      <h4 className="govuk-heading-s">{question.title}</h4>
      {question.description ? <p className="govuk-hint">{question.description}</p> : null}
      <AnswerWords question={question} />
      <p className="govuk-body-s">
        <code>{question.name}</code>
        {question.isRequired ? ' · required' : ''}
        <ShownWhere element={question} />
      </p>
      <Provenance element={question} />
    </article>
  )
}

const ShownWhere = ({ element: { visibleIf } }: { element: PageElement }) =>
  visibleIf ? (
    <>
      {' '}
      · shown where <code>{visibleIf}</code>
    </>
  ) : null

const Provenance = ({ element: { provenance } }: { element: PageElement }) =>
  provenance ? (
    <p className="govuk-body-s">
      <strong>Where it comes from:</strong> {provenance}
    </p>
  ) : null

function AnswerWords({ question }: { question: Question }) {
  switch (question.type) {
    case 'matrix':
      return (
        <>
          <Codes items={question.columns} title="Answers" />
          <Codes items={question.rows} title="Statements" />
        </>
      )
    case 'comment':
      return <p className="govuk-body-s">Free text, at most {question.maxLength} characters</p>
    case 'text':
      return <p className="govuk-body-s">{textWords(question)}</p>
    default:
      return (
        <Codes
          items={question.choices}
          title={question.type === 'checkbox' ? 'Several of' : 'One of'}
          other={question.showOtherItem ? (question.otherText ?? 'Other') : undefined}
        />
      )
  }
}

function textWords(question: Extract<Question, { type: 'text' }>): string {
  if (question.inputType === 'number') return `A whole number from ${question.min} to ${question.max}`
  return question.inputType === 'date' ? 'A date' : `Text, at most ${question.maxLength} characters`
}

function Codes({
  title,
  items,
  other,
}: {
  title: string
  items: readonly { value: string | number; text: string }[]
  other?: string
}) {
  return (
    <>
      <p className="govuk-body-s app-codes-title">{title}</p>
      <ul className="govuk-list govuk-list--bullet app-codes">
        {items.map(({ value, text }) => (
          <li key={value}>
            {text} <code>{value}</code>
          </li>
        ))}
        {other ? (
          <li>
            {other} <code>other</code>, with words of their own
          </li>
        ) : null}
      </ul>
    </>
  )
}
