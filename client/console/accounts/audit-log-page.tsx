import { useLoaderData } from 'react-router'
import type { AuditLog } from '../../../server/accounts/schema.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { Table } from '../../components/table.tsx'
import { get } from '../api.ts'
import { formatDateTime } from '../../components/format.ts'

export const loadAuditLog = () => get<AuditLog>('/api/account/audit-log')

const describe = (detail: Record<string, unknown> | null) =>
  Object.entries(detail ?? {})
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('; ')

export function AuditLogPage() {
  const { entries } = useLoaderData<typeof loadAuditLog>()
  return (
    <>
      <PageHeading>Audit log</PageHeading>
      <p className="govuk-body">
        Who did what: the latest {entries.length} entries, the newest first. Times are those of the United Kingdom.
      </p>
      <Table
        caption="Entries"
        hideCaption
        rows={entries}
        rowKey={(entry) => String(entry.id)}
        columns={[
          { head: 'When', cell: (entry) => formatDateTime(entry.at) },
          { head: 'Who', cell: (entry) => entry.actor },
          { head: 'What', cell: (entry) => entry.action },
          { head: 'To what', cell: (entry) => <span className="app-identifier">{entry.subject}</span> },
          { head: 'Details', cell: (entry) => <span className="app-identifier">{describe(entry.detail)}</span> },
        ]}
      />
    </>
  )
}
