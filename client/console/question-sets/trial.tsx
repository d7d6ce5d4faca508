import { lazy, Suspense } from 'react'
import { Link, useNavigate } from 'react-router'
import type { AnalysisPlan, Answers, Questions } from '../../../surveys/question-set.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { InsetText } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { post } from '../api.ts'
import { useSend } from '../use-send.ts'
import { PreviewLink } from './preview-link.tsx'

// SurveyJS is large: only who previews waits for it.
const Questionnaire = lazy(async () => ({
  default: (await import('./questionnaire-preview.tsx')).QuestionnairePreview,
}))

interface TrialProps {
  slug: string
  caption: string
  /** Of the version or the draft in the API. */
  address: string
  questions: Questions
  plan: AnalysisPlan
  /** To pass on; for admins, who may also keep what they answer. */
  link?: string
}

/** A questionnaire to go through as a respondent does. */
export function Trial({ slug, caption, address, questions, plan, link }: TrialProps) {
  const { send, busy, problems } = useSend()
  const navigate = useNavigate()
  const list = `/console/question-sets/${slug}/test-responses`
  async function keep(answers: Answers) {
    if (await send(() => post(`${address}/test-responses`, { answers }))) await navigate(list, { state: 'kept' })
  }
  const keepButton = (readAnswers: () => Answers) => (
    <Button kind="secondary" busy={busy} onClick={() => void keep(readAnswers())}>
      Keep this as a test response
    </Button>
  )
  return (
    <>
      <ErrorSummary problems={problems} />
      <PageHeading caption={caption} failed={problems.length > 0}>
        Preview
      </PageHeading>
      <InsetText>
        This is what a respondent sees. What you answer here decides which questions follow; it is not kept
        {link ? (
          <>
            , unless you keep it at the end as a{' '}
            <Link className="govuk-link" to={list}>
              test response
            </Link>
          </>
        ) : null}
        .
      </InsetText>
      <Suspense
        fallback={
          <p className="govuk-body" role="status">
            Loading
          </p>
        }
      >
        <Questionnaire {...{ questions, plan }} end={link ? keepButton : undefined} />
      </Suspense>
      {link ? <PreviewLink url={link} /> : null}
    </>
  )
}
