import { Link, useLoaderData } from 'react-router'
import { PageHeading } from '../../components/page-heading.tsx'
import { Table } from '../../components/table.tsx'
import { formatDate, plural } from '../../components/format.ts'
import type { loadCollections } from './load.ts'
import { StatusTag } from './status-tag.tsx'

export function CollectionsPage() {
  const { collections } = useLoaderData<typeof loadCollections>()
  return (
    <>
      <PageHeading>Collections</PageHeading>
      <p className="govuk-body">
        <Link className="govuk-link" to="new">
          Set up a new collection
        </Link>
      </p>
      <Table
        caption="Collections"
        hideCaption
        empty="There is no collection yet."
        rows={collections}
        rowKey={({ id }) => id}
        columns={[
          {
            head: 'Name',
            cell: ({ id, name }) => (
              <Link className="govuk-link" to={id}>
                {name}
              </Link>
            ),
          },
          { head: 'Status', cell: ({ status }) => <StatusTag status={status} /> },
          { head: 'Question set', cell: ({ questionSetTitle, version }) => `${questionSetTitle}, version ${version}` },
          { head: 'Covers', cell: ({ systems }) => plural(systems.length, 'system') },
          { head: 'Last day', cell: ({ closesAt }) => formatDate(closesAt) },
        ]}
      />
    </>
  )
}
