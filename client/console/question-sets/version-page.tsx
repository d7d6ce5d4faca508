import { Link, useLoaderData, useNavigate, type LoaderFunctionArgs } from 'react-router'
import type { z } from 'zod'
import type { draftsSchema } from '../../../server/question-sets/schema/drafts.ts'
import type { QuestionSetVersionDetail } from '../../../server/question-sets/schema/versions.ts'
import { modeOf } from '../../../surveys/modes.ts'
import type { Page } from '../../../surveys/question-set.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { useAccount } from '../account.ts'
import { get, post } from '../api.ts'
import { formatDateTime } from '../../components/format.ts'
import { useSend } from '../use-send.ts'
import { PlanTables } from './plan-tables.tsx'
import { ElementWords } from './question-words.tsx'

export const loadVersion = ({ params }: LoaderFunctionArgs) =>
  get<QuestionSetVersionDetail>(`/api/question-sets/${params.slug}/versions/${params.version}`)

export function VersionPage() {
  const version = useLoaderData<typeof loadVersion>()
  const { questions, plan } = version
  const { role } = useAccount()
  return (
    <>
      <Link className="govuk-back-link" to="/console/question-sets">
        Question sets
      </Link>
      <PageHeading caption={`Version ${version.version}`}>{version.title}</PageHeading>
      <SummaryList
        rows={[
          ['Published', version.publishedAt ? formatDateTime(version.publishedAt) : 'Not yet'],
          ['Asked by', modeOf(plan).words.links],
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
      {role === 'admin' ? (
        <p className="govuk-body app-no-print">
          <Link className="govuk-link" to={`/console/question-sets/${version.slug}/test-responses`}>
            Test responses
          </Link>
        </p>
      ) : null}
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
      {role === 'admin' ? <StartDraft slug={version.slug} /> : null}
      <h2 className="govuk-heading-l">Questions</h2>
      {questions.pages.map((page) => (
        <PageWords key={page.name} page={page} />
      ))}
      <h2 className="govuk-heading-l">Analysis plan</h2>
      <PlanTables plan={plan} />
    </>
  )
}

/** A draft starts from the newest version; where there is one already, it is gone on with. */
function StartDraft({ slug }: { slug: string }) {
  const { send, busy, problems } = useSend()
  const navigate = useNavigate()
  async function start() {
    const draft = `/console/question-sets/${slug}/draft`
    const { drafts } = await get<z.infer<typeof draftsSchema>>('/api/question-sets/drafts')
    if (drafts.some((one) => one.slug === slug)) return navigate(draft)
    if (await send(() => post(`/api/question-sets/${slug}/draft`))) await navigate(draft)
  }
  return (
    <>
      <ErrorSummary problems={problems} />
      <Button kind="secondary" busy={busy} onClick={() => void start()}>
        Change it in a draft
      </Button>
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
      {page.elements.map((element) => (
        <ElementWords key={element.name} element={element} />
      ))}
    </section>
  )
}
