import { modeOf } from '../../../surveys/modes.ts'
import type { AnalysisPlan } from '../../../surveys/question-set.ts'
import type { Results } from '../../../server/results/schema.ts'
import { SummaryList } from '../../components/summary-list.tsx'
import { formatDateTime, formatNumber } from '../../components/format.ts'
import { resultsAddress } from './load.ts'

export function AboutSnapshot({ results, title }: { results: Results; title: string }) {
  const { collection, snapshot } = results
  return (
    <SummaryList
      rows={[
        ['Question set', `${title}, version ${collection.version}`],
        ['Complete responses', formatNumber(snapshot.responses)],
        ['Results as they stood', formatDateTime(snapshot.takenAt)],
        ['Smallest base shown', formatNumber(snapshot.k)],
        ['Seal of the snapshot (SHA-256)', <code className="app-identifier">{snapshot.sha256}</code>],
      ]}
    />
  )
}

/** What has to be known to read the figures. */
export function Caveats({ plan }: { plan: AnalysisPlan }) {
  return (
    <>
      <h2 className="govuk-heading-m">How to read these figures</h2>
      <ul className="govuk-list govuk-list--bullet">
        <li>
          The base is the number of responses that a figure rests on. Those who did not know, to whom it did not apply,
          who were not asked or who left it blank are not in the base; they are counted beside it.
        </li>
        {modeOf(plan).hasRates ? (
          <li>
            The 95% interval is a Wilson score interval for a share and a t interval for a mean, corrected for the size
            of the population where that is known. It assumes that whether a service answered is unrelated to what it
            would have answered.
          </li>
        ) : (
          <li>
            The people who answered chose themselves. The 95% intervals are illustrative only: they do not say how well
            the figures stand for people who did not answer.
          </li>
        )}
        <li>“Hidden” means that a figure is not shown, so that nobody who answered can be found.</li>
      </ul>
    </>
  )
}

/** The same figures as data, at addresses that stay. */
export function Downloads({ id, split, path }: { id: string; split: string; path: string }) {
  return (
    <section className="app-no-print">
      <h2 className="govuk-heading-m">Take these figures</h2>
      <ul className="govuk-list">
        <li>
          <a className="govuk-link" href={resultsAddress(id, split, 'csv')} download>
            Download as CSV
          </a>
        </li>
        <li>
          <a className="govuk-link" href={resultsAddress(id, split, 'json')}>
            Read as JSON
          </a>
        </li>
      </ul>
      <p className="govuk-body">
        Permanent address of this page: <span className="app-identifier">{`${location.origin}${path}`}</span>
      </p>
    </section>
  )
}
