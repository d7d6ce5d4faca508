import { Link, useLoaderData } from 'react-router'
import type { CollectionView } from '../../../server/collections/schema.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { Table } from '../../components/table.tsx'
import { useAccount } from '../account.ts'
import type { loadCollections } from '../collections/load.ts'
import { formatDate } from '../../components/format.ts'

/** The collections whose results have been released. */
export function ResultsListPage() {
  const { collections } = useLoaderData<typeof loadCollections>()
  const { systems } = useAccount()
  const isInScope = (collection: CollectionView) =>
    !systems || collection.systems.some(({ code }) => systems.some((system) => system.code === code))
  return (
    <>
      <PageHeading>Results</PageHeading>
      {systems ? (
        <p className="govuk-body">
          You see figures of these systems, and of all together: {systems.map(({ name }) => name).join(', ')}.
        </p>
      ) : null}
      <Table
        caption="Collections with released results"
        hideCaption
        empty="No results have been released yet."
        rows={collections.filter(({ status }) => status === 'released')}
        rowKey={({ id }) => id}
        columns={[
          {
            head: 'Collection',
            cell: ({ id, name }) => (
              <Link className="govuk-link" to={id}>
                {name}
              </Link>
            ),
          },
          { head: 'Question set', cell: ({ questionSetTitle, version }) => `${questionSetTitle}, version ${version}` },
          {
            head: 'Answers were taken',
            cell: ({ opensAt, closesAt }) => `${formatDate(opensAt)} to ${formatDate(closesAt)}`,
          },
        ]}
      />
      <Table
        caption="Collections in progress"
        empty="No collection is open."
        rows={collections.filter((collection) => collection.status === 'open' && isInScope(collection))}
        rowKey={({ id }) => id}
        columns={[
          {
            head: 'Collection',
            cell: ({ id, name }) => (
              <Link className="govuk-link" to={`/console/collections/${id}/progress`}>
                {name}
              </Link>
            ),
          },
          { head: 'Closes', cell: ({ closesAt }) => formatDate(closesAt) },
        ]}
      />
    </>
  )
}
