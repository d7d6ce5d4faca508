import { useState } from 'react'
import {
  comparisonWords,
  conditionSentence,
  fromExpression,
  isComplete,
  listConditionChoices,
  toExpression,
  type Comparison,
  type Condition,
  type ConditionChoice,
  type ConditionTest,
} from '../../../../surveys/condition.ts'
import type { Code } from '../../../../surveys/question-set.ts'
import { questionsByName } from '../../../../surveys/variables.ts'
import { Button } from '../../../components/button.tsx'
import { Checkbox, Input, Select } from '../../../components/fields.tsx'
import { useEditor } from './editor-context.ts'

interface ConditionFormProps {
  /** The path of the condition. */
  id: string
  legend: string
  /** Begins the sentence: *Ask when*. */
  opening: string
  /** Said where there is nothing to ask about. */
  none: string
  expression: string | undefined
  choices: readonly ConditionChoice[]
  onChange: (expression: string | undefined) => void
}

const testsOf = (condition: Condition) => ('all' in condition ? condition.all : condition.any)
const joined = (condition: Condition, tests: ConditionTest[]): Condition =>
  'all' in condition ? { all: tests } : { any: tests }

/** The tests that count: what is still being chosen neither asks anyone nor takes away what was asked before. */
const completeOf = (condition: Condition) => joined(condition, testsOf(condition).filter(isComplete))

/** A condition chosen piece by piece: a question, a comparison, a value. */
export function ConditionForm({ id, legend, opening, none, expression, choices, onChange }: ConditionFormProps) {
  const { set, focusSoon } = useEditor()
  const [draft, setDraft] = useState<Condition>({ all: [] })
  const stored = expression === undefined ? { all: [] } : fromExpression(expression)
  // What was chosen here stays as long as it says what is stored; an undo or another place brings what is stored.
  const condition = toExpression(completeOf(draft)) === expression ? draft : stored
  const change = (next: Condition) => {
    setDraft(next)
    const changed = toExpression(completeOf(next))
    if (changed !== expression) onChange(changed)
  }
  if (!condition)
    return (
      <fieldset className="govuk-fieldset app-condition" id={id} tabIndex={-1}>
        <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
        <p className="govuk-body">
          <code>{expression}</code>
        </p>
        <p className="govuk-hint">This condition came from a file and cannot be changed here.</p>
        <Button
          kind="secondary"
          onClick={() => {
            onChange(undefined)
            focusSoon(id)
          }}
        >
          Remove the condition
        </Button>
      </fieldset>
    )
  const tests = testsOf(condition)
  const [first] = choices
  const replaceTest = (index: number, test: ConditionTest) => change(joined(condition, tests.with(index, test)))
  return (
    <fieldset className="govuk-fieldset app-condition" id={id} tabIndex={-1}>
      <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
      <p className="govuk-body" role="status">
        {tests.length === 0
          ? none
          : conditionSentence(
              condition,
              questionsByName(set.questions.pages.flatMap(({ elements }) => elements)),
              opening,
            )}
      </p>
      {tests.every(isComplete) ? null : (
        <p className="govuk-hint">A condition without its answer does not count yet.</p>
      )}
      {tests.length > 1 ? (
        <Select
          id={`${id}.join`}
          label="Must hold"
          value={'all' in condition ? 'all' : 'any'}
          options={[
            { value: 'all', label: 'All of them' },
            { value: 'any', label: 'Any of them' },
          ]}
          onChange={(join) => change(join === 'all' ? { all: tests } : { any: tests })}
        />
      ) : null}
      {tests.map((test, index) => (
        <TestForm
          key={index}
          {...{ test, choices }}
          id={`${id}.${index}`}
          number={index + 1}
          onChange={(next) => replaceTest(index, next)}
          onRemove={() => {
            change(joined(condition, tests.toSpliced(index, 1)))
            focusSoon(id)
          }}
        />
      ))}
      {first ? (
        <Button kind="secondary" onClick={() => change(joined(condition, [...tests, newTest(first)]))}>
          {tests.length === 0 ? 'Add a condition' : 'Add another'}
        </Button>
      ) : (
        <p className="govuk-hint">Only questions of earlier pages can be asked about: there are none.</p>
      )}
    </fieldset>
  )
}

const newTest = ({ question, comparisons }: ConditionChoice): ConditionTest => ({
  question,
  comparison: comparisons[0]!,
  values: [],
})

interface TestFormProps {
  id: string
  number: number
  test: ConditionTest
  choices: readonly ConditionChoice[]
  onChange: (test: ConditionTest) => void
  onRemove: () => void
}

function TestForm({ id, number, test, choices, onChange, onRemove }: TestFormProps) {
  const choice = choices.find(({ question }) => question === test.question)
  const { set } = useEditor()
  const later = listConditionChoices(set.questions, set.questions.pages.length).find(
    ({ question }) => question === test.question,
  )
  const gone = {
    value: test.question,
    label: later
      ? `Not on an earlier page any more: ${later.title || test.question}`
      : `A question that is not there (${test.question})`,
  }
  return (
    <div className="app-condition__test">
      <Select
        id={`${id}.question`}
        label={`Condition ${number}: the question`}
        value={test.question}
        options={[
          ...(choice ? [] : [gone]),
          ...choices.map(({ question, title }) => ({ value: question, label: title || question })),
        ]}
        onChange={(question) => {
          const next = choices.find((one) => one.question === question)
          if (next) onChange(newTest(next))
        }}
      />
      <Select
        id={`${id}.comparison`}
        label={`Condition ${number}: the comparison`}
        value={test.comparison}
        options={(choice?.comparisons ?? [test.comparison]).map((comparison) => ({
          value: comparison,
          label: comparison === 'isOneOf' ? 'is one of' : comparisonWords[comparison],
        }))}
        onChange={(comparison) => onChange(compareBy(test, comparison as Comparison))}
      />
      <Values {...{ id, number, test, choice, onChange }} />
      <button type="button" className="app-link-button" onClick={onRemove}>
        Remove condition {number}
      </button>
    </div>
  )
}

/** What was chosen stays where the new comparison takes it. */
function compareBy(test: ConditionTest, comparison: Comparison): ConditionTest {
  if (comparison === 'isAnswered' || comparison === 'isNotAnswered') return { ...test, comparison, values: [] }
  return { ...test, comparison, values: comparison === 'isOneOf' ? test.values : test.values.slice(0, 1) }
}

function Values({
  id,
  number,
  test,
  choice,
  onChange,
}: Omit<TestFormProps, 'choices' | 'onRemove'> & { choice: ConditionChoice | undefined }) {
  const { comparison, values } = test
  if (!choice || comparison === 'isAnswered' || comparison === 'isNotAnswered') return null
  const set = (next: Code[]) => onChange({ ...test, values: next })
  const offered = choice.values
  if (offered.length === 0)
    return (
      <NumberValue
        id={`${id}.value`}
        label={`Condition ${number}: the number`}
        stored={values[0]}
        onDone={(value) => set(value === undefined ? [] : [value])}
      />
    )
  if (comparison === 'isOneOf')
    return (
      <fieldset className="govuk-fieldset">
        <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">Condition {number}: the answers</legend>
        {offered.map(({ value, text }) => (
          <Checkbox
            key={value}
            id={`${id}.value.${value}`}
            label={text || String(value)}
            checked={values.includes(value)}
            onChange={(checked) =>
              set(offered.map((one) => one.value).filter((code) => (code === value ? checked : values.includes(code))))
            }
          />
        ))}
      </fieldset>
    )
  return (
    <Select
      id={`${id}.value`}
      label={`Condition ${number}: the answer`}
      value={values.length > 0 ? String(values[0]) : ''}
      options={[
        ...(values.length > 0 ? [] : [{ value: '', label: 'Choose an answer' }]),
        ...offered.map(({ value, text }) => ({ value: String(value), label: text || String(value) })),
      ]}
      onChange={(code) => set(offered.map(({ value }) => value).filter((value) => String(value) === code))}
    />
  )
}

const readNumber = (text: string) => (/^-?\d{1,9}$/.test(text) ? Number(text) : undefined)

/** What is no number, or not yet (a minus), stays as it was typed. */
function NumberValue({
  stored,
  onDone,
  ...field
}: {
  id: string
  label: string
  stored: Code | undefined
  onDone: (value: number | undefined) => void
}) {
  const [typed, setTyped] = useState('')
  return (
    <Input
      {...field}
      type="number"
      width="5"
      value={readNumber(typed) === stored ? typed : String(stored ?? '')}
      onChange={(text) => {
        setTyped(text)
        onDone(readNumber(text))
      }}
    />
  )
}
