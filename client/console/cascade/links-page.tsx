import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { z } from 'zod'
import type { linksSchema } from '../../../server/cascade/schema/coordinators.ts'
import { Table } from '../../components/table.tsx'
import { get } from '../api.ts'
import { collectionAddress, loadCollection } from '../collections/load.ts'
import { PageTop } from '../collections/page-top.tsx'

export async function loadLinks(args: LoaderFunctionArgs) {
  const [collection, { links }] = await Promise.all([
    loadCollection(args),
    get<z.infer<typeof linksSchema>>(`${collectionAddress(args.params.id)}/links`),
  ])
  return { collection, links }
}

export function LinksPage() {
  const { collection, links } = useLoaderData<typeof loadLinks>()
  return (
    <>
      <PageTop collection={collection} title="Links to pass on" />
      <p className="govuk-body">
        Give each link to its organisation, or to any organisation of its system, to pass on to the people who work
        there. Anyone with a link can answer, until the close. Each person who begins gets a link of their own to come
        back to.
      </p>
      <Table
        caption="Links"
        hideCaption
        empty="There are no links: the collection is not open."
        rows={links}
        rowKey={({ id }) => id}
        columns={[
          { head: 'System', cell: ({ system }) => system.name },
          { head: 'Organisation', cell: ({ organisation }) => organisation ?? 'Any organisation' },
          {
            head: 'Link',
            cell: ({ url, withdrawnAt }) => (withdrawnAt ? 'Withdrawn' : <span className="app-identifier">{url}</span>),
          },
        ]}
      />
    </>
  )
}
