import type { ItemValue, Question, QuestionCheckboxModel, QuestionSelectBase } from 'survey-core'
import { Fragment, use } from 'react'
import { Group, Labelled } from './group.tsx'
import { QuestionStatesContext, type RendererProps } from './question-context.ts'

const otherCode = 'other'

const choicesOf = (question: Question) => (question as QuestionSelectBase).visibleChoices
const idOf = (question: Question, index: number) => (index === 0 ? question.name : `${question.name}-${index + 1}`)

/** What was typed beside *other, please say*. */
function OtherText({ question, label }: { question: Question; label: string }) {
  const id = `${question.name}-Comment`
  return (
    <div className="govuk-form-group app-other">
      <label className="govuk-label" htmlFor={id}>
        {label}
      </label>
      <input
        className="govuk-input"
        id={id}
        name={id}
        type="text"
        value={question.comment}
        onChange={(event) => {
          question.comment = event.target.value
        }}
      />
    </div>
  )
}

/** Sets the answer; words beside *other* go with it, which nobody could see and take out any more. */
function setChoice(question: Question, value: unknown): void {
  const chosen: unknown[] = [value].flat()
  question.value = value
  if (question.comment && !chosen.includes(otherCode)) question.comment = ''
}

const asksForOther = (question: Question, item: ItemValue) =>
  (question as QuestionSelectBase).showOtherItem && item.value === otherCode

/** The choice that "or" stands before: the first of those at the end that are none of the others. */
function useOrBefore(items: readonly ItemValue[]): ItemValue | undefined {
  const { dontKnow, notApplicable } = use(QuestionStatesContext)
  const apart = new Set<unknown>([...dontKnow, ...notApplicable])
  const ordinary = items.findLastIndex(
    (item) => !(item as ItemValue & { isExclusive?: boolean }).isExclusive && !apart.has(item.value),
  )
  return ordinary < 0 ? undefined : items[ordinary + 1]
}

export function OneChoice({ question }: RendererProps) {
  const items = choicesOf(question)
  const apart = useOrBefore(items)
  return (
    <Group question={question}>
      <div className="govuk-radios">
        {items.map((item, index) => (
          <Fragment key={String(item.value)}>
            {item === apart ? <div className="govuk-radios__divider">or</div> : null}
            <div className="govuk-radios__item">
              <input
                className="govuk-radios__input"
                id={idOf(question, index)}
                name={question.name}
                type="radio"
                value={String(item.value)}
                checked={question.value === item.value}
                onChange={() => setChoice(question, item.value)}
              />
              <label className="govuk-label govuk-radios__label" htmlFor={idOf(question, index)}>
                {item.text}
              </label>
            </div>
            {asksForOther(question, item) && question.value === otherCode ? (
              <OtherText question={question} label={(question as QuestionSelectBase).otherText} />
            ) : null}
          </Fragment>
        ))}
      </div>
    </Group>
  )
}

export function SeveralChoices({ question }: RendererProps) {
  const items = choicesOf(question)
  const apart = useOrBefore(items)
  const checkbox = question as QuestionCheckboxModel
  const ticked = (Array.isArray(question.value) ? question.value : []) as unknown[]
  const toggle = (item: ItemValue, checked: boolean) => {
    checkbox.clickItemHandler(item, checked)
    // In the order of the page, as a form sends them, whichever was ticked first.
    const now = (checkbox.value ?? []) as unknown[]
    setChoice(
      checkbox,
      items.map(({ value }) => value as unknown).filter((value) => now.includes(value)),
    )
  }
  return (
    <Group question={question}>
      <div className="govuk-checkboxes">
        {items.map((item, index) => (
          <Fragment key={String(item.value)}>
            {item === apart ? <div className="govuk-checkboxes__divider">or</div> : null}
            <div className="govuk-checkboxes__item">
              <input
                className="govuk-checkboxes__input"
                id={idOf(question, index)}
                name={question.name}
                type="checkbox"
                value={String(item.value)}
                checked={ticked.includes(item.value)}
                onChange={(event) => toggle(item, event.target.checked)}
              />
              <label className="govuk-label govuk-checkboxes__label" htmlFor={idOf(question, index)}>
                {item.text}
              </label>
            </div>
            {asksForOther(question, item) && ticked.includes(otherCode) ? (
              <OtherText question={question} label={(question as QuestionSelectBase).otherText} />
            ) : null}
          </Fragment>
        ))}
      </div>
    </Group>
  )
}

export function Dropdown({ question }: RendererProps) {
  const items = choicesOf(question)
  return (
    <>
      <Labelled question={question}>
        {({ describedBy, error }) => (
          <select
            className={`govuk-select${error ? ' govuk-select--error' : ''}`}
            id={question.name}
            name={question.name}
            aria-describedby={describedBy}
            value={question.value === undefined ? '' : String(question.value)}
            onChange={(event) =>
              setChoice(question, items.find((item) => String(item.value) === event.target.value)?.value)
            }
          >
            <option value="">Choose an answer</option>
            {items.map((item) => (
              <option key={String(item.value)} value={String(item.value)}>
                {item.text}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {(question as QuestionSelectBase).showOtherItem && question.value === otherCode ? (
        <OtherText question={question} label={(question as QuestionSelectBase).otherText} />
      ) : null}
    </>
  )
}
