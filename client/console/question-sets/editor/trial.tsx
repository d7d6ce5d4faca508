import { useEffect, useMemo, useState } from 'react'
import { Link } from 'react-router'
import type { TestResponseList } from '../../../../server/question-sets/schema/test-responses.ts'
import { compileDefinition } from '../../../../surveys/definition/definition.ts'
import { compileFigures, type AnswerFigures } from '../../../../surveys/counting/count-answer.ts'
import type { Answers, QuestionSet } from '../../../../surveys/question-set.ts'
import { Select } from '../../../components/fields.tsx'
import { get } from '../../api.ts'
import { formatDateTime } from '../../../components/format.ts'
import { FigureReading } from '../test-response-reading.tsx'

type TestResponse = TestResponseList['testResponses'][number]

/** What a test response does to each indicator and scale, as the plan is written. */
export function Trial({ slug, set }: { slug: string; set: QuestionSet }) {
  const [responses, setResponses] = useState<TestResponse[]>()
  const [chosen, setChosen] = useState('')
  useEffect(() => {
    void get<TestResponseList>(`/api/question-sets/${slug}/test-responses`).then((list) =>
      setResponses(list.testResponses),
    )
  }, [slug])
  const response = responses?.find(({ id }) => id === chosen) ?? responses?.[0]
  return (
    <section className="app-live-preview" aria-label="A test response by this plan">
      <h2 className="govuk-heading-s">A test response by this plan</h2>
      {response ? (
        <>
          <Select
            id="test-response"
            label="Test response"
            value={response.id}
            options={responses!.map(({ id, createdAt, createdBy, version }) => ({
              value: id,
              label: `${formatDateTime(createdAt)}, ${createdBy}, ${version === null ? 'draft' : `version ${version}`}`,
            }))}
            onChange={setChosen}
          />
          <Reading answers={response.answers} set={set} />
        </>
      ) : null}
      {responses?.length === 0 ? <p className="govuk-body">There is no test response yet.</p> : null}
      <p className="govuk-body">
        <Link className="govuk-link" to={`/console/question-sets/${slug}/draft/preview`}>
          Answer the questions as a test
        </Link>
      </p>
    </section>
  )
}

function Reading({ answers, set }: { answers: Answers; set: QuestionSet }) {
  const read = useMemo(() => readingOf(answers, set), [answers, set])
  return typeof read === 'string' ? <p className="govuk-body">{read}</p> : <FigureReading {...read} />
}

/** A sentence where the questions are not complete yet. */
function readingOf(answers: Answers, { questions, plan }: QuestionSet): AnswerFigures | string {
  try {
    const definition = compileDefinition(questions)
    const figures = compileFigures(definition, plan)(definition.withoutHidden(answers))
    const named = <T extends { id: string; label: string }>(list: T[]) =>
      list.map((one) => ({ ...one, label: one.label || one.id }))
    return { indicators: named(figures.indicators), scales: named(figures.scales) }
  } catch {
    return 'The figures can be read once nothing is missing in the questions.'
  }
}
