import { Form, Link, useLoaderData, useLocation, useParams } from 'react-router'
import { modeOf } from '../../../surveys/modes.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { AboutSnapshot, Caveats, Downloads } from './about.tsx'
import { cellKey } from './figures.ts'
import { HiddenSystems } from './hidden-systems.tsx'
import { IndicatorFigure, namedCells } from './indicator-table.tsx'
import type { loadResults, LoadedResults } from './load.ts'
import { RateTable } from './rate-table.tsx'
import { ScaleFigure } from './scale-figure.tsx'

/** One indicator, one scale or the response rates, by one breakdown or the cross. */
export function FigurePage() {
  const loaded = useLoaderData<typeof loadResults>()
  const { pathname, search } = useLocation()
  const { figure = '' } = useParams()
  const { results, plan, questionSetTitle, split } = loaded
  const { collection } = results
  const back = `/console/results/${collection.id}`
  return (
    <>
      <Link className="govuk-back-link" to={back}>
        {collection.name}
      </Link>
      <PageHeading caption={collection.name}>{titleOf(loaded, figure)}</PageHeading>
      <Notice text={loaded.collection.notice} />
      <SplitForm plan={plan} split={split} />
      <FigureBody loaded={loaded} figure={figure} />
      <Caveats plan={plan} />
      <h2 className="govuk-heading-m">About these results</h2>
      <AboutSnapshot results={results} title={questionSetTitle} />
      <Downloads id={collection.id} split={split} path={`${pathname}${search}`} />
    </>
  )
}

const figureOf = ({ results }: LoadedResults, id: string) => ({
  indicator: results.indicators.find((one) => one.id === id),
  scale: results.scales.find((one) => one.id === id),
})

function titleOf(loaded: LoadedResults, id: string): string {
  const { indicator, scale } = figureOf(loaded, id)
  if (id === 'response-rates') return modeOf(loaded.plan).words.rates
  return indicator?.label ?? scale?.label ?? 'There is no such figure'
}

function FigureBody({ loaded, figure }: { loaded: LoadedResults; figure: string }) {
  const { results, plan, split } = loaded
  const { indicator, scale } = figureOf(loaded, figure)
  const by = splitName(plan, split)
  const caption = by ? `By ${by.toLowerCase()}` : 'All responses'
  const first = by || 'Group'
  if (figure === 'response-rates') return <RateTable cells={results.responseRates} first={first} mode={plan.mode} />
  if (indicator) {
    return (
      <>
        <IndicatorFigure caption={caption} first={first} rows={namedCells(indicator.cells)} />
        <HiddenSystems
          loaded={loaded}
          cells={indicator.cells}
          regionCells={loaded.regions?.indicators.find(({ id }) => id === figure)?.cells}
        />
        <SummaryList
          rows={[
            ['Computed from', indicator.source.map((variable) => <code key={variable}>{variable} </code>)],
            ['Counts', <code>{plan.indicators.find(({ id }) => id === figure)?.counts.join(', ')}</code>],
          ]}
        />
      </>
    )
  }
  if (!scale) return <p className="govuk-body">Choose one on the page of the collection.</p>
  return (
    <>
      <ScaleFigure
        caption={caption}
        first={first}
        rows={scale.cells.map((cell) => ({ key: cellKey(cell), label: cell.label, cell }))}
      />
      <SummaryList rows={[['Cronbach’s alpha, all responses', scale.alpha?.toFixed(2) ?? 'Not shown']]} />
    </>
  )
}

function splitName(plan: LoadedResults['plan'], split: string): string {
  const label = (id: string) => plan.breakdowns.find((breakdown) => breakdown.id === id)?.label ?? id
  if (split === '') return ''
  return split === 'cross' ? plan.cross.map(label).join(' and ') : label(split)
}

function SplitForm({ plan, split }: { plan: LoadedResults['plan']; split: string }) {
  return (
    <Form className="app-no-print app-inline-form">
      <div className="govuk-form-group">
        <label className="govuk-label govuk-label--s" htmlFor="by">
          Split by
        </label>
        <select className="govuk-select" id="by" name="by" defaultValue={split} key={split}>
          <option value="">Nothing: all responses</option>
          {plan.breakdowns.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
          <option value="cross">{splitName(plan, 'cross')}</option>
        </select>
      </div>
      <Button type="submit" kind="secondary">
        Show
      </Button>
      <p className="govuk-visually-hidden" role="status">
        Shown: {splitName(plan, split) || 'all responses'}
      </p>
    </Form>
  )
}
