import { Link, useLoaderData, useLocation } from 'react-router'
import type { Results } from '../../../server/results/schema.ts'
import { modeOf } from '../../../surveys/modes.ts'
import type { AnalysisPlan } from '../../../surveys/question-set.ts'
import { Notice } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Table } from '../../components/table.tsx'
import { AboutSnapshot, Caveats, Downloads } from './about.tsx'
import { sharesInWords, type IndicatorResult } from './figures.ts'
import { IndicatorFigure } from './indicator-table.tsx'
import type { loadResults } from './load.ts'
import { RateTable } from './rate-table.tsx'
import { ScaleFigure } from './scale-figure.tsx'

/** A released collection at a glance: the headline shares, and the way to everything else. */
export function ResultsPage() {
  const { results, plan, questionSetTitle, collection } = useLoaderData<typeof loadResults>()
  const { pathname } = useLocation()
  const headlines = results.indicators.filter(({ id }) =>
    plan.indicators.some((indicator) => indicator.id === id && indicator.headline),
  )
  return (
    <>
      <Link className="govuk-back-link" to="/console/results">
        All results
      </Link>
      <PageHeading caption={questionSetTitle}>{results.collection.name}</PageHeading>
      <Notice text={collection.notice} />
      <IndicatorFigure caption="Headline shares, all responses" first="Indicator" rows={headlines.flatMap(wholeCell)} />
      <AllFigures {...{ results, plan }} />
      <RateTable cells={results.responseRates} first="Group" mode={plan.mode} />
      <p className="govuk-body">
        <Link className="govuk-link" to={`${pathname}/response-rates?by=${plan.breakdowns[0]?.id}`}>
          {modeOf(plan).words.rates} by group
        </Link>
      </p>
      <Caveats plan={plan} />
      <h2 className="govuk-heading-m">About these results</h2>
      <AboutSnapshot results={results} title={questionSetTitle} />
      <Downloads id={results.collection.id} split="" path={pathname} />
    </>
  )
}

const wholeCell = ({ id, label, cells }: IndicatorResult) => cells.slice(0, 1).map((cell) => ({ key: id, label, cell }))

function AllFigures({ results, plan }: { results: Results; plan: AnalysisPlan }) {
  const first = plan.breakdowns[0]?.id
  return (
    <>
      {results.scales.length > 0 ? (
        <ScaleFigure
          caption="Scales, all responses"
          first="Scale"
          rows={results.scales.flatMap(({ id, label, cells }) =>
            cells.slice(0, 1).map((cell) => ({ key: id, label, cell })),
          )}
        />
      ) : null}
      {results.scales.length > 0 ? (
        <p className="govuk-body">
          By group:{' '}
          {results.scales.map(({ id, label }, index) => (
            <span key={id}>
              {index > 0 ? ', ' : ''}
              <Link className="govuk-link" to={`${id}?by=${first}`}>
                {label}
              </Link>
            </span>
          ))}
        </p>
      ) : null}
      <Table
        caption="Every indicator"
        rows={results.indicators}
        rowKey={({ id }) => id}
        columns={[
          {
            head: 'Indicator, by group',
            cell: ({ id, label }) => (
              <Link className="govuk-link" to={`${id}?by=${first}`}>
                {label}
              </Link>
            ),
          },
          {
            head: 'Share',
            numeric: true,
            cell: ({ cells: [whole] }) => (!whole || whole.suppressed ? 'Hidden' : sharesInWords(whole).percent),
          },
          {
            head: '95% interval',
            numeric: true,
            cell: ({ cells: [whole] }) => (!whole || whole.suppressed ? '' : sharesInWords(whole).interval),
          },
          { head: 'Base', numeric: true, cell: ({ cells: [whole] }) => (!whole || whole.suppressed ? '' : whole.base) },
        ]}
      />
    </>
  )
}
