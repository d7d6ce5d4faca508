import { Link, useLoaderData } from 'react-router'
import type { QuestionSetSummary } from '../../../server/question-sets/schema.ts'
import { Tag } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Table } from '../../components/table.tsx'
import { get } from '../api.ts'
import { formatDate } from '../format.ts'

export const loadQuestionSets = () => get<QuestionSetSummary[]>('/api/question-sets')

export function QuestionSetsPage() {
  const sets = useLoaderData<typeof loadQuestionSets>()
  const rows = sets.flatMap((set) => set.versions.map((version) => ({ set, version })))
  return (
    <>
      <PageHeading>Question sets</PageHeading>
      <p className="govuk-body">A published version never changes: answers belong to the version they were given to.</p>
      <Table
        caption="Versions"
        hideCaption
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
