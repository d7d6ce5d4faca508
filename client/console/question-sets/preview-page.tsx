import { lazy, Suspense } from 'react'
import { Link, useLoaderData } from 'react-router'
import { InsetText } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import type { loadVersion } from './version-page.tsx'

// SurveyJS is large: only who previews waits for it.
const Questionnaire = lazy(async () => ({
  default: (await import('./questionnaire-preview.tsx')).QuestionnairePreview,
}))

export function PreviewPage() {
  const version = useLoaderData<typeof loadVersion>()
  return (
    <>
      <Link className="govuk-back-link" to={`/console/question-sets/${version.slug}/${version.version}`}>
        Back to the version
      </Link>
      <PageHeading caption={`${version.title}, version ${version.version}`}>Preview</PageHeading>
      <InsetText>
        This is what a respondent sees. What you answer here decides which questions follow; it is not kept.
      </InsetText>
      <Suspense
        fallback={
          <p className="govuk-body" role="status">
            Loading
          </p>
        }
      >
        <Questionnaire questions={version.questions} plan={version.plan} />
      </Suspense>
    </>
  )
}
