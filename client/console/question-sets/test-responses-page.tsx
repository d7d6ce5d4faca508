import { useState } from 'react'
import { Link, useLoaderData, useLocation, type LoaderFunctionArgs } from 'react-router'
import type { TestResponseList, TestResponseView } from '../../../server/question-sets/schema/test-responses.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Details, InsetText, SuccessBanner } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { get, remove } from '../api.ts'
import { formatDateTime, formatNumber, plural } from '../../components/format.ts'
import { useSend } from '../use-send.ts'
import { TestResponseReading } from './test-response-reading.tsx'

export async function loadTestResponses({ params }: LoaderFunctionArgs) {
  const address = `/api/question-sets/${params.slug}/test-responses`
  return { slug: params.slug, address, ...(await get<TestResponseList>(address)) }
}

/** What was answered to try a question set out, and what each answer does to results. */
export function TestResponsesPage() {
  const { slug, address, title, total, testResponses } = useLoaderData<typeof loadTestResponses>()
  const { send, busy, problems } = useSend()
  const kept = useLocation().state === 'kept' ? 'The answers are kept as a test response.' : ''
  const [done, setDone] = useState(kept)
  const deleteAt = async (path: string, words: string) => {
    const deleted = await send(async () => {
      await remove(path)
      return true
    })
    if (deleted) setDone(words)
  }
  return (
    <>
      <Link className="govuk-back-link" to="/console/question-sets">
        Question sets
      </Link>
      <ErrorSummary problems={problems} />
      {done ? (
        <SuccessBanner key={`${done} ${total}`}>
          <p className="govuk-notification-banner__heading">{done}</p>
        </SuccessBanner>
      ) : null}
      <PageHeading caption={title} failed={problems.length > 0}>
        Test responses
      </PageHeading>
      <InsetText>
        Answers given to try the questions out, from the end of a preview. They are in no result, no export and no rate.
        Do not enter what real people have answered.
      </InsetText>
      {total === 0 ? <p className="govuk-body">There are no test responses.</p> : null}
      {total > testResponses.length ? (
        <p className="govuk-body">
          There are {formatNumber(total)}; these are the newest {testResponses.length}.
        </p>
      ) : null}
      {testResponses.map((one, index) => (
        <TestResponse
          key={one.id}
          response={one}
          slug={slug}
          open={index === 0}
          busy={busy}
          onDelete={() => void deleteAt(`${address}/${one.id}`, 'The test response is deleted.')}
        />
      ))}
      {total > 1 ? (
        <Details summary="Delete all test responses">
          <p className="govuk-body">
            They are gone for good: {plural(total, 'test response')} to every version and the draft.
          </p>
          <Button kind="warning" busy={busy} onClick={() => void deleteAt(address, 'All test responses are deleted.')}>
            Delete all of them
          </Button>
        </Details>
      ) : null}
    </>
  )
}

interface TestResponseProps {
  response: TestResponseView
  slug: string | undefined
  open: boolean
  busy: boolean
  onDelete: () => void
}

function TestResponse({ response, slug, open, busy, onDelete }: TestResponseProps) {
  const { version, createdAt, createdBy, changedSince, reading, unread } = response
  const when = formatDateTime(createdAt)
  const set = `/console/question-sets/${slug}`
  return (
    <section className="app-section">
      <h2 className="govuk-heading-m">{when}</h2>
      <p className="govuk-body">
        By {createdBy}, to{' '}
        {version === null ? (
          <Link className="govuk-link" to={`${set}/draft`}>
            the draft
          </Link>
        ) : (
          <Link className="govuk-link" to={`${set}/${version}`}>
            version {version}
          </Link>
        )}
        .
      </p>
      {reading && changedSince ? (
        <p className="govuk-body">
          The draft was changed since. This is what the answers say and do by the draft as it is now.
        </p>
      ) : null}
      {unread ? <p className="govuk-body">{unread}</p> : null}
      {reading ? (
        <Details
          open={open}
          summary={
            <>
              The answers, and what they do to results
              <span className="govuk-visually-hidden">, {when}</span>
            </>
          }
        >
          <TestResponseReading reading={reading} />
        </Details>
      ) : null}
      <Button kind="secondary" busy={busy} onClick={onDelete}>
        Delete
        <span className="govuk-visually-hidden"> the test response of {when}</span>
      </Button>
    </section>
  )
}
