import { Link, useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { z } from 'zod'
import type { DraftCheck, DraftView } from '../../../server/question-sets/schema/drafts.ts'
import type { previewLinkSchema, QuestionSetVersionDetail } from '../../../server/question-sets/schema/versions.ts'
import { analysisPlanSchema, questionsSchema } from '../../../surveys/question-set.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { loadAccount } from '../account.ts'
import { get } from '../api.ts'
import { ProblemList } from './problem-list.tsx'
import { Trial } from './trial.tsx'

const linkOf = async (address: string) => (await get<z.infer<typeof previewLinkSchema>>(`${address}/preview-link`)).url

export async function loadPreview({ params }: LoaderFunctionArgs) {
  const address = `/api/question-sets/${params.slug}/versions/${params.version}`
  const [{ role }, version] = await Promise.all([loadAccount(), get<QuestionSetVersionDetail>(address)])
  return { version, address, link: role === 'admin' ? await linkOf(address) : undefined }
}

/** A version as a respondent sees it. */
export function PreviewPage() {
  const { version, address, link } = useLoaderData<typeof loadPreview>()
  const { slug, title, questions, plan } = version
  return (
    <>
      <Link className="govuk-back-link" to={`/console/question-sets/${slug}/${version.version}`}>
        Back to the version
      </Link>
      <Trial {...{ slug, address, questions, plan, link }} caption={`${title}, version ${version.version}`} />
    </>
  )
}

export async function loadDraftPreview({ params }: LoaderFunctionArgs) {
  const address = `/api/question-sets/${params.slug}/draft`
  const [draft, check, link] = await Promise.all([
    get<DraftView>(address),
    get<DraftCheck>(`${address}/check`),
    linkOf(address),
  ])
  return { draft, check, address, link }
}

/** The draft as a respondent would see it, once nothing is missing in it. */
export function DraftPreviewPage() {
  const { draft, check, address, link } = useLoaderData<typeof loadDraftPreview>()
  const { slug, title } = draft
  const caption = `${title}, draft`
  return (
    <>
      <Link className="govuk-back-link" to={`/console/question-sets/${slug}/draft`}>
        Back to the draft
      </Link>
      {check.ready ? (
        <Trial
          {...{ slug, address, caption, link }}
          questions={questionsSchema.parse(draft.questions)}
          plan={analysisPlanSchema.parse(draft.plan)}
        />
      ) : (
        <Problems {...{ slug, caption, check }} />
      )}
    </>
  )
}

function Problems({ slug, caption, check }: { slug: string; caption: string; check: DraftCheck }) {
  return (
    <>
      <PageHeading caption={caption}>Preview</PageHeading>
      <p className="govuk-body">The draft cannot be shown yet, because something is missing:</p>
      <ProblemList slug={slug} list={check.problems} />
      <p className="govuk-body">
        <Link className="govuk-link" to={`/console/question-sets/${slug}/draft`}>
          Go to the draft
        </Link>
      </p>
    </>
  )
}
