import { useState } from 'react'
import { Link, useLoaderData, useNavigate, type LoaderFunctionArgs } from 'react-router'
import type { DraftCheck, DraftView } from '../../../server/question-sets/schema/drafts.ts'
import type { Comparison, QuestionSetVersionDetail } from '../../../server/question-sets/schema/versions.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { FileInput } from '../../components/fields.tsx'
import { Details, SuccessBanner } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { Table } from '../../components/table.tsx'
import { ApiError, get, post, postFile, remove } from '../api.ts'
import { formatDateTime, formatNumber } from '../../components/format.ts'
import { onSubmit, useSend } from '../use-send.ts'
import { DraftChanges } from './draft-changes.tsx'
import { editorAddress } from './editor/places.ts'
import { ProblemList } from './problem-list.tsx'
import { PublishForm, statementField, type Statement } from './publish-form.tsx'

const draftAddress = (slug = '') => `/api/question-sets/${slug}/draft`

export async function loadDraft({ params }: LoaderFunctionArgs) {
  const address = draftAddress(params.slug)
  const [draft, check, comparison] = await Promise.all([
    get<DraftView>(address),
    get<DraftCheck>(`${address}/check`),
    get<Comparison>(`${address}/compare`).catch((error: unknown) => {
      // What is not a question set yet cannot be compared: the check says what it lacks.
      if (error instanceof ApiError && error.code === 'not_ready') return undefined
      throw error
    }),
  ])
  return { draft, check, comparison }
}

/** A draft as it stands: what is missing, what differs, and publishing it. Its content comes and goes as a file. */
export function DraftPage() {
  const { draft, check, comparison } = useLoaderData<typeof loadDraft>()
  const { send, busy, problems, setProblems, problemOf } = useSend()
  const [done, setDone] = useState('')
  const [notes, setNotes] = useState<string[]>([])
  const navigate = useNavigate()
  const { slug, revision } = draft
  const address = draftAddress(slug)

  async function takeIn(fields: FormData) {
    setDone('')
    setNotes([])
    const chosen = fields.get('file')
    if (!(chosen instanceof File) || chosen.size === 0)
      return setProblems([{ field: 'file', message: 'Choose a file of a question set' }])
    const taken = await send(() => postFile<{ notes: string[] }>(`${address}/import?revision=${revision}`, chosen))
    if (!taken) return
    setDone('The draft now holds what the file holds.')
    setNotes(taken.notes)
  }
  async function publish(statements: Statement[], corrections: string[]) {
    setDone('')
    const missing = statements.filter(({ text }) => text === '')
    if (missing.length > 0)
      return setProblems(
        missing.map((one) => ({ field: statementField(one.for), message: 'Say whether results can be compared' })),
      )
    const body = { revision, statements, corrections }
    const version = await send(() => post<QuestionSetVersionDetail>(`${address}/publish`, body))
    if (version) await navigate(`/console/question-sets/${slug}/${version.version}`)
  }
  async function discard() {
    await send(async () => {
      await remove(`${address}?revision=${revision}`)
      await navigate('/console/question-sets')
    })
  }

  return (
    <>
      <Link className="govuk-back-link" to="/console/question-sets">
        Question sets
      </Link>
      <ErrorSummary problems={problems} />
      {done ? (
        <SuccessBanner key={done}>
          <p className="govuk-notification-banner__heading">{done}</p>
        </SuccessBanner>
      ) : null}
      <PageHeading caption="Draft" failed={problems.length > 0}>
        {draft.title}
      </PageHeading>
      <SummaryList
        rows={[
          ['Started from', draft.basedOn === null ? 'Nothing: it is new' : `Version ${draft.basedOn}`],
          ['Last saved', `${formatDateTime(draft.updatedAt)} by ${draft.updatedBy}`],
          ['Saved so far', formatNumber(revision)],
          [
            'Answering takes',
            check.estimate
              ? `About ${Math.ceil(check.estimate.usual / 60)} minutes`
              : 'Not known while something is missing',
          ],
        ]}
      />
      {notes.length > 0 ? (
        <>
          <h2 className="govuk-heading-m">What was not taken over as it stood</h2>
          <ul className="govuk-list govuk-list--bullet">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      ) : null}
      <p className="govuk-body">
        <Link className="govuk-link" to="preview">
          Preview the draft as a respondent sees it
        </Link>
      </p>
      <p className="govuk-body">
        <Link className="govuk-link" to={`/console/question-sets/${slug}/test-responses`}>
          Test responses
        </Link>
      </p>
      <h2 className="govuk-heading-m">Change it</h2>
      <Link className="govuk-button" to={editorAddress(slug, '')}>
        Edit questions and analysis plan
      </Link>
      <p className="govuk-body">
        Or{' '}
        <a className="govuk-link" href={`${address}/export`} download>
          download the draft as a file (JSON)
        </a>
        , change the file, and hand it in again. Nothing is published by that.
      </p>
      <form noValidate onSubmit={onSubmit(takeIn)} key={revision}>
        <FileInput
          id="file"
          label="File of a question set"
          hint="As it was downloaded here, or plain SurveyJS JSON"
          accept=".json"
          error={problemOf('file')}
        />
        <Button type="submit" kind="secondary" busy={busy}>
          Put it in the place of the draft
        </Button>
      </form>
      <Missing slug={slug} check={check} />
      <h2 className="govuk-heading-m">What differs</h2>
      {comparison ? (
        <DraftChanges changes={comparison.changes} from={comparison.from} />
      ) : (
        <p className="govuk-body">What differs is shown once nothing is missing.</p>
      )}
      {check.ready && comparison && (comparison.from === null || comparison.changes.length > 0) ? (
        <>
          <h2 className="govuk-heading-m">Publish</h2>
          <PublishForm {...{ comparison, busy, problemOf }} onPublish={publish} />
        </>
      ) : null}
      <h2 className="govuk-heading-m">Who changed what</h2>
      <Table
        caption="Who changed what"
        hideCaption
        empty="Nobody has changed it yet."
        rows={draft.changes}
        rowKey={(change) => `${change.revision} ${change.at}`}
        columns={[
          { head: 'When', cell: ({ at }) => formatDateTime(at) },
          { head: 'Who', cell: ({ by }) => by },
          { head: 'What', cell: ({ what }) => what.join('; ') },
        ]}
      />
      <Details summary="Discard this draft">
        <p className="govuk-body">What it changed is gone for good. Published versions stay.</p>
        <Button kind="warning" busy={busy} onClick={() => void discard()}>
          Discard the draft
        </Button>
      </Details>
    </>
  )
}

function Missing({ slug, check: { problems } }: { slug: string; check: DraftCheck }) {
  const [missing, advice] = (['problem', 'advice'] as const).map((kind) =>
    problems.filter(({ severity }) => severity === kind),
  )
  return (
    <>
      <h2 className="govuk-heading-m">What is missing</h2>
      {missing!.length === 0 ? (
        <p className="govuk-body">Nothing: it can be published.</p>
      ) : (
        <ProblemList slug={slug} list={missing!} />
      )}
      {advice!.length > 0 ? (
        <>
          <h3 className="govuk-heading-s">Worth another look</h3>
          <ProblemList slug={slug} list={advice!} />
        </>
      ) : null}
    </>
  )
}
