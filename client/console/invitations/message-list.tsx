import { useEffect, useRef } from 'react'
import { Form, Link, useSearchParams } from 'react-router'
import type { z } from 'zod'
import type { messagesSchema } from '../../../server/invitations/schema/invitations.ts'
import { Button } from '../../components/button.tsx'
import { Input } from '../../components/fields.tsx'
import { Tag, type TagColour } from '../../components/messages.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Table } from '../../components/table.tsx'
import { formatDateTime, formatNumber, plural } from '../../components/format.ts'
import { messageNames } from '../message-templates/messages-page.tsx'

export type Messages = z.infer<typeof messagesSchema>
type Status = Messages['messages'][number]['status']

const states: Record<Status, [TagColour, string]> = {
  queued: ['grey', 'Waiting'],
  sending: ['blue', 'Being sent'],
  sent: ['green', 'Sent'],
  failed: ['red', 'Failed'],
  cancelled: ['yellow', 'Cancelled'],
}
const statuses = Object.keys(states) as Status[]

/** Where each message stands: counted, and a page at a time, for all or for what is looked for. */
export function MessageList({ list: { counts, total, pageSize, messages } }: { list: Messages }) {
  const [search] = useSearchParams()
  const status = search.get('status') ?? ''
  const find = search.get('find') ?? ''
  const all = statuses.reduce((sum, name) => sum + counts[name], 0)
  if (all === 0) return null
  const page = Number(search.get('page') ?? 1)
  const pages = Math.ceil(total / pageSize)
  return (
    <>
      <h2 className="govuk-heading-m">Messages</h2>
      <Form method="get" role="search" aria-label="Messages" key={`${status} ${find}`}>
        <Input
          id="find"
          label="Service, Location ID or email address"
          type="search"
          defaultValue={find}
          maxLength={200}
        />
        <div className="govuk-form-group">
          <label className="govuk-label govuk-label--s" htmlFor="status">
            State
          </label>
          <select className="govuk-select" id="status" name="status" defaultValue={status}>
            <option value="">All ({formatNumber(all)})</option>
            {statuses.map((name) => (
              <option key={name} value={name}>
                {name === 'sent' ? 'Sent, or came back since' : states[name][1]} ({formatNumber(counts[name])})
              </option>
            ))}
          </select>
        </div>
        <Button type="submit" kind="secondary">
          Show these messages
        </Button>
      </Form>
      <Found key={search.toString()} asked={search.size > 0}>
        {total === 0
          ? 'No message matches.'
          : `${plural(total, 'message')}${status === '' && find === '' ? '' : ' found'}, by name of the service.`}
      </Found>
      {messages.length > 0 ? <MessageTable messages={messages} /> : null}
      <Pagination {...{ page, pages }} label="Pages of messages" />
    </>
  )
}

/** Focused where somebody asked for it, so that a screen reader says what came of it. */
function Found({ asked, children }: { asked: boolean; children: string }) {
  const words = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (asked) words.current?.focus()
  }, [asked])
  return (
    <p className="govuk-body" tabIndex={-1} ref={words}>
      {children}
    </p>
  )
}

function StateTag({ status, cameBack }: Messages['messages'][number]) {
  const [colour, words] = cameBack ? (['red', 'Came back'] as const) : states[status]
  return <Tag colour={colour}>{words}</Tag>
}

/** What waits for its first attempt leaves with the schedule. */
const whenOf = ({ status, sentAt, dueAt, attempts }: Messages['messages'][number]) => {
  if (sentAt) return formatDateTime(sentAt)
  return status === 'queued' && attempts > 0 ? `Again ${formatDateTime(dueAt)}` : ''
}

function MessageTable({ messages }: Pick<Messages, 'messages'>) {
  return (
    <Table
      caption="Messages"
      hideCaption
      rows={messages}
      rowKey={({ id }) => id}
      columns={[
        {
          head: 'Service',
          cell: ({ service, invitationId }) => (
            <Link className="govuk-link" to={invitationId}>
              {service}
            </Link>
          ),
        },
        { head: 'Message', cell: ({ kind }) => messageNames[kind] },
        { head: 'To', cell: ({ recipient }) => <span className="app-identifier">{recipient}</span> },
        { head: 'State', cell: StateTag },
        {
          head: 'When',
          cell: (message) => <span className="app-moment">{whenOf(message)}</span>,
        },
        { head: 'Answer of the mail server', cell: ({ detail }) => <span className="app-identifier">{detail}</span> },
      ]}
    />
  )
}
