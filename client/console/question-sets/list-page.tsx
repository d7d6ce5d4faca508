import { Link, useLoaderData } from 'react-router'
import type { z } from 'zod'
import type { draftsSchema } from '../../../server/question-sets/schema/drafts.ts'
import type { QuestionSetSummary } from '../../../server/question-sets/schema/versions.ts'
import { Tag } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Table } from '../../components/table.tsx'
import { get } from '../api.ts'
import { loadAccount } from '../account.ts'
import { formatDate, formatDateTime } from '../../components/format.ts'

export async function loadQuestionSets() {
  const { role } = await loadAccount()
  const [sets, { drafts }] = await Promise.all([
    get<QuestionSetSummary[]>('/api/question-sets'),
    role === 'admin' ? get<z.infer<typeof draftsSchema>>('/api/question-sets/drafts') : { drafts: [] },
  ])
  return { sets, drafts, isAdmin: role === 'admin' }
}

export function QuestionSetsPage() {
  const { sets, drafts, isAdmin } = useLoaderData<typeof loadQuestionSets>()
  const rows = sets.flatMap((set) => set.versions.map((version) => ({ set, version })))
  return (
    <>
      <PageHeading>Question sets</PageHeading>
      <p className="govuk-body">A published version never changes: answers belong to the version they were given to.</p>
      {isAdmin ? (
        <Link className="govuk-button govuk-button--secondary" to="/console/question-sets/new">
          Write a new question set
        </Link>
      ) : null}
      {drafts.length > 0 ? (
        <Table
          caption="Drafts"
          rows={drafts}
          rowKey={({ slug }) => slug}
          columns={[
            {
              head: 'Question set',
              cell: ({ slug, title }) => (
                <Link className="govuk-link" to={`/console/question-sets/${slug}/draft`}>
                  {title}
                  <span className="govuk-visually-hidden">, draft</span>
                </Link>
              ),
            },
            { head: 'Started from', cell: ({ basedOn }) => (basedOn === null ? 'Nothing' : `Version ${basedOn}`) },
            { head: 'Last saved', cell: ({ updatedAt, updatedBy }) => `${formatDateTime(updatedAt)} by ${updatedBy}` },
          ]}
        />
      ) : null}
      <Table
        caption={drafts.length > 0 ? 'Published versions' : 'Versions'}
        hideCaption={drafts.length === 0}
        rows={rows}
        rowKey={({ version }) => version.id}
        columns={[
          {
            head: 'Question set',
            cell: ({ set, version }) => (
              <Link className="govuk-link" to={`/console/question-sets/${set.slug}/${version.version}`}>
                {set.title}
                <span className="govuk-visually-hidden">, version {version.version}</span>
              </Link>
            ),
          },
          { head: 'Version', cell: ({ version }) => version.version },
          {
            head: 'State',
            cell: ({ version }) => (version.publishedAt ? <Tag colour="green">Published</Tag> : <Tag>Draft</Tag>),
          },
          {
            head: 'Published',
            cell: ({ version }) => (version.publishedAt ? formatDate(version.publishedAt) : 'Not yet'),
          },
        ]}
      />
    </>
  )
}
