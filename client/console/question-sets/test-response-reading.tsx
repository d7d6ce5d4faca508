import type { TestResponseView } from '../../../server/question-sets/schema/test-responses.ts'
import { Table } from '../../components/table.tsx'

type Reading = NonNullable<TestResponseView['reading']>
type Result = Reading['indicators'][number]['result']

const resultWords: Record<Result, string> = {
  counts: 'Counts',
  in_base: 'In the base, does not count',
  dont_know: 'Out of the base: don’t know',
  not_applicable: 'Out of the base: does not apply',
  not_asked: 'Out of the base: not asked',
  missing: 'Out of the base: not answered',
}

/** One set of answers in words, and what it does to each indicator and scale. */
export function TestResponseReading({ reading: { words, indicators, scales } }: { reading: Reading }) {
  return (
    <>
      <Table
        caption="Answers"
        rows={words}
        rowKey={({ question }) => question}
        columns={[
          { head: 'Question', cell: ({ title }) => title },
          {
            head: 'Answer',
            cell: ({ lines }) =>
              lines.length === 0
                ? 'Not answered'
                : lines.map(({ label, text }, index) => (
                    <div key={index} className="app-typed">
                      {label ? `${label}: ${text}` : text}
                    </div>
                  )),
          },
        ]}
      />
      <FigureReading indicators={indicators} scales={scales} />
    </>
  )
}

/** What one set of answers does to each indicator and scale. */
export function FigureReading({ indicators, scales }: Pick<Reading, 'indicators' | 'scales'>) {
  return (
    <>
      {indicators.length > 0 ? (
        <Table
          caption="Indicators"
          rows={indicators}
          rowKey={({ id }) => id}
          columns={[
            { head: 'Indicator', cell: ({ label }) => label },
            { head: 'These answers', cell: ({ result }) => resultWords[result] },
          ]}
        />
      ) : null}
      {scales.length > 0 ? (
        <Table
          caption="Scales"
          rows={scales}
          rowKey={({ id }) => id}
          columns={[
            { head: 'Scale', cell: ({ label }) => label },
            { head: 'Statements answered', numeric: true, cell: ({ answered, of }) => `${answered} of ${of}` },
            {
              head: 'Mean of 1 to 5',
              numeric: true,
              cell: ({ mean }) => (mean === null ? 'Not in the scale' : mean.toFixed(1)),
            },
          ]}
        />
      ) : null}
    </>
  )
}
