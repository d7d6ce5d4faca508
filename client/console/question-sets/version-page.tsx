import { Link, useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { QuestionSetVersionDetail } from '../../../server/question-sets/schema.ts'
import type { Page } from '../../../surveys/question-set.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { get } from '../api.ts'
import { formatDateTime } from '../format.ts'
import { PlanTables } from './plan-tables.tsx'
import { QuestionWords } from './question-words.tsx'

export const loadVersion = ({ params }: LoaderFunctionArgs) =>
  get<QuestionSetVersionDetail>(`/api/question-sets/${params.slug}/versions/${params.version}`)

export function VersionPage() {
  const version = useLoaderData<typeof loadVersion>()
  const { questions, plan } = version
  return (
    <>
      <Link className="govuk-back-link" to="/console/question-sets">
        Question sets
      </Link>
      <PageHeading caption={`Version ${version.version}`}>{version.title}</PageHeading>
      <SummaryList
        rows={[
          ['Published', version.publishedAt ? formatDateTime(version.publishedAt) : 'Not yet'],
          [
            'Asked by',
            plan.mode === 'personal' ? 'Personal links, one for each service' : 'Links that organisations pass on',
          ],
          ['Answering takes', `About ${plan.minutes} minutes`],
          ['Compared with the version before', version.comparability],
          ['Seal (SHA-256 of questions and plan)', <code className="app-identifier">{version.sha256}</code>],
          ['Seal of the plan', <code className="app-identifier">{version.planSha256}</code>],
        ]}
      />
      <p className="govuk-body app-no-print">
        <Link className="govuk-link" to="preview">
          Preview it as a respondent sees it
        </Link>
      </p>
      <p className="govuk-body app-no-print">
        <a
          className="govuk-link"
          href={`/api/question-sets/${version.slug}/versions/${version.version}/paper`}
          target="_blank"
          rel="noreferrer"
        >
          Print it as a form on paper, with codes for data entry (opens in a new tab)
        </a>
      </p>
      <h2 className="govuk-heading-l">Questions</h2>
      {questions.pages.map((page) => (
        <PageWords key={page.name} page={page} />
      ))}
      <h2 className="govuk-heading-l">Analysis plan</h2>
      <PlanTables plan={plan} />
    </>
  )
}

function PageWords({ page }: { page: Page }) {
  return (
    <section className="app-section">
      <h3 className="govuk-heading-m">{page.title}</h3>
      {page.description ? <p className="govuk-body">{page.description}</p> : null}
      {page.visibleIf ? (
        <p className="govuk-body-s">
          Shown where <code>{page.visibleIf}</code>
        </p>
      ) : null}
      {page.elements.map((question) => (
        <QuestionWords key={question.name} question={question} />
      ))}
    </section>
  )
}
