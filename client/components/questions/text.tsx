import type { Question, QuestionTextModel, SurveyModel } from 'survey-core'
import { useState } from 'react'
import { Group, Labelled, useQuestionWords } from './group.tsx'
import type { RendererProps } from './question-context.ts'

const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const setText = (question: Question, text: string) => {
  question.value = text === '' ? undefined : text
}

/** A number stays as typed where it is none: the server says what is wrong with it. The question itself would drop it in silence, so it goes past it. */
function setNumber(question: Question, text: string): void {
  const survey = question.survey as SurveyModel
  survey.setValue(question.name, /^\s*-?\d{1,15}\s*$/.test(text) ? Number(text) : text === '' ? undefined : text)
}

const getNumber = (question: Question) => textOf((question.survey as SurveyModel).getValue(question.name))

export function ShortText({ question }: RendererProps) {
  const { inputType } = question as QuestionTextModel
  if (inputType === 'date') return <DateParts question={question} />
  const number = inputType === 'number'
  return (
    <Labelled question={question}>
      {({ describedBy, error }) => (
        <input
          className={`govuk-input${number ? ' govuk-input--width-5' : ''}${error ? ' govuk-input--error' : ''}`}
          id={question.name}
          name={question.name}
          type="text"
          inputMode={number ? 'numeric' : undefined}
          aria-describedby={describedBy}
          value={number ? getNumber(question) : textOf(question.value)}
          onChange={(event) => (number ? setNumber : setText)(question, event.target.value)}
        />
      )}
    </Labelled>
  )
}

export function LongText({ question }: RendererProps) {
  const limit = question.maxLength as number
  const text = textOf(question.value)
  const left = limit - text.length
  return (
    <Labelled question={question}>
      {({ describedBy, error }) => (
        <>
          <textarea
            className={`govuk-textarea${error || left < 0 ? ' govuk-textarea--error' : ''}`}
            id={question.name}
            name={question.name}
            rows={5}
            aria-describedby={[describedBy, `${question.name}-count`].filter(Boolean).join(' ')}
            value={text}
            onChange={(event) => setText(question, event.target.value)}
          />
          <div id={`${question.name}-count`} className={left < 0 ? 'govuk-error-message' : 'govuk-hint'}>
            {left < 0
              ? `You have ${-left} ${left === -1 ? 'character' : 'characters'} too many`
              : text === ''
                ? `You can enter up to ${limit} characters`
                : `You have ${left} ${left === 1 ? 'character' : 'characters'} remaining`}
          </div>
        </>
      )}
    </Labelled>
  )
}

const parts = [
  { name: 'day', label: 'Day', width: 2 },
  { name: 'month', label: 'Month', width: 2 },
  { name: 'year', label: 'Year', width: 4 },
] as const
type DateText = Record<(typeof parts)[number]['name'], string>

function splitDate(value: unknown): DateText {
  const [year = '', month = '', day = ''] = textOf(value).split('-')
  return { day: day.replace(/^0/, ''), month: month.replace(/^0/, ''), year }
}

const joinDate = ({ day, month, year }: DateText) =>
  day || month || year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : ''

function DateParts({ question }: RendererProps) {
  const { error } = useQuestionWords(question)
  const [typed, setTyped] = useState(() => splitDate(question.value))
  // Changed elsewhere, not by typing here.
  if (joinDate(typed) !== textOf(question.value)) setTyped(splitDate(question.value))
  const change = (name: keyof DateText, text: string) => {
    const next = { ...typed, [name]: text.trim() }
    setTyped(next)
    setText(question, joinDate(next))
  }
  return (
    <Group question={question}>
      <div className="govuk-date-input">
        {parts.map(({ name, label, width }, index) => {
          const id = index === 0 ? question.name : `${question.name}-${name}`
          return (
            <div key={name} className="govuk-date-input__item">
              <div className="govuk-form-group">
                <label className="govuk-label govuk-date-input__label" htmlFor={id}>
                  {label}
                </label>
                <input
                  className={`govuk-input govuk-date-input__input govuk-input--width-${width}${error ? ' govuk-input--error' : ''}`}
                  id={id}
                  name={`${question.name}-${name}`}
                  type="text"
                  inputMode="numeric"
                  value={typed[name]}
                  onChange={(event) => change(name, event.target.value)}
                />
              </div>
            </div>
          )
        })}
      </div>
    </Group>
  )
}
