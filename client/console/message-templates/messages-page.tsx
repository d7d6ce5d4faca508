import { Link, useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { z } from 'zod'
import type { CollectionView } from '../../../server/collections/schema.ts'
import type { templateSchema, templatesSchema } from '../../../server/message-templates/schema.ts'
import { modeOf } from '../../../surveys/modes.ts'
import { Table } from '../../components/table.tsx'
import { get } from '../api.ts'
import { formatDateTime } from '../../components/format.ts'
import { collectionAddress, loadCollection } from '../collections/load.ts'
import { PageTop } from '../collections/page-top.tsx'

export type TemplateView = z.infer<typeof templateSchema>

export const messageNames: Record<TemplateView['kind'], string> = {
  invitation: 'Invitation',
  reminder: 'Reminder',
  thank_you: 'Thank-you',
  results_released: 'Results released',
  link_again: 'Link sent again',
  passed_on: 'Passed on to a colleague',
  coordinator: 'To coordinators, to pass on',
  finish_later: 'Link to finish later',
}

/** Whoever answers can ask for a link to finish later; the rest goes to coordinators, or to the services that are invited. */
function isSent(kind: TemplateView['kind'], collection: CollectionView): boolean {
  const { invites, passesLinks } = modeOf(collection)
  if (kind === 'finish_later') return true
  return kind === 'coordinator' ? passesLinks : invites
}

export async function loadMessages(args: LoaderFunctionArgs) {
  const [collection, { templates }] = await Promise.all([
    loadCollection(args),
    get<z.infer<typeof templatesSchema>>(`${collectionAddress(args.params.id)}/templates`),
  ])
  return { collection, templates: templates.filter(({ kind }) => isSent(kind, collection)) }
}

export function MessagesPage() {
  const { collection, templates } = useLoaderData<typeof loadMessages>()
  return (
    <>
      <PageTop collection={collection} title="Words of the messages" />
      <p className="govuk-body">
        Each message is made at the moment when it is sent, from the words as they are then. Words in double brackets,
        such as {'{{service}}'}, are filled in for each recipient.
      </p>
      <Table
        caption="Messages"
        hideCaption
        rows={templates}
        rowKey={({ kind }) => kind}
        columns={[
          {
            head: 'Message',
            cell: ({ kind }) => (
              <Link className="govuk-link" to={kind}>
                {messageNames[kind]}
              </Link>
            ),
          },
          { head: 'Subject', cell: ({ subject }) => subject },
          {
            head: 'Words',
            cell: ({ updatedAt, updatedBy }) =>
              updatedAt ? `Changed ${formatDateTime(updatedAt)} by ${updatedBy}` : 'Standard',
          },
        ]}
      />
    </>
  )
}
