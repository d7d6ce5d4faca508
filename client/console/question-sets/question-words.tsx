import type { Question } from '../../../surveys/question-set.ts'

/** A question as it is written down: its words, codes, condition and provenance. */
export function QuestionWords({ question }: { question: Question }) {
  return (
    <article className="app-question">
      <h4 className="govuk-heading-s">{question.title}</h4>
      {question.description ? <p className="govuk-hint">{question.description}</p> : null}
      <AnswerWords question={question} />
      <p className="govuk-body-s">
        <code>{question.name}</code>
        {question.isRequired ? ' · required' : ''}
        {question.visibleIf ? (
          <>
            {' '}
            · shown where <code>{question.visibleIf}</code>
          </>
        ) : null}
      </p>
      {question.provenance ? (
        <p className="govuk-body-s">
          <strong>Where it comes from:</strong> {question.provenance}
        </p>
      ) : null}
    </article>
  )
}

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
