import { useLoaderData } from 'react-router'
import type { z } from 'zod'
import type { StaffEntry, staffListSchema } from '../../../server/accounts/schema.ts'
import type { SystemView, systemsSchema } from '../../../server/systems/schema.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Input } from '../../components/fields.tsx'
import { SuccessBanner } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Table } from '../../components/table.tsx'
import { get } from '../api.ts'
import { onSubmit } from '../use-send.ts'
import { RoleFields } from './role-fields.tsx'
import { roleNames, useStaff } from './use-staff.ts'

export async function loadStaff() {
  const [{ staff }, { systems }] = await Promise.all([
    get<z.infer<typeof staffListSchema>>('/api/account/staff'),
    get<z.infer<typeof systemsSchema>>('/api/systems'),
  ])
  return { staff, systems }
}

export function StaffPage() {
  const { staff, systems } = useLoaderData<typeof loadStaff>()
  const { busy, problems, problemOf, editing, done, added, start, add, change, removePerson } = useStaff()
  const save = (fields: FormData) => {
    const role = fields.get('role')
    const person = { role, systems: role === 'reviewer' ? fields.getAll('systems') : [] }
    return editing ? change(editing, person) : add({ email: fields.get('email'), ...person })
  }
  return (
    <>
      <ErrorSummary problems={problems} />
      {done ? (
        <SuccessBanner key={done}>
          <p className="govuk-notification-banner__heading">{done}</p>
        </SuccessBanner>
      ) : null}
      <PageHeading failed={problems.length > 0}>Staff</PageHeading>
      <StaffTable {...{ staff, systems }} onChange={start} onRemove={(person) => void removePerson(person)} />
      <h2 className="govuk-heading-m" tabIndex={-1} id="staff-form-heading">
        {editing ? `Change ${editing.email}` : 'Add a person'}
      </h2>
      <form noValidate key={editing?.id ?? added} onSubmit={onSubmit(save)}>
        {editing ? null : (
          <Input
            id="email"
            label="Email address"
            type="email"
            error={problemOf('email')}
            hint="They sign in by links sent to this address."
          />
        )}
        <RoleFields person={editing} systems={systems} problemOf={problemOf} />
        <div className="govuk-button-group">
          <Button type="submit" busy={busy}>
            {editing ? 'Save' : 'Add'}
          </Button>
          {editing ? (
            <button type="button" className="app-link-button" onClick={() => start(undefined)}>
              Cancel
            </button>
          ) : null}
        </div>
      </form>
    </>
  )
}

interface StaffTableProps {
  staff: readonly StaffEntry[]
  systems: readonly SystemView[]
  onChange: (person: StaffEntry) => void
  onRemove: (person: StaffEntry) => void
}

function StaffTable({ staff, systems, onChange, onRemove }: StaffTableProps) {
  const nameOf = (code: string) => systems.find((system) => system.code === code)?.name ?? code
  const scopeOf = (person: StaffEntry) =>
    person.role !== 'reviewer'
      ? 'Does not apply'
      : person.systems.length === 0
        ? 'All systems'
        : person.systems.map(nameOf).join(', ')
  return (
    <Table
      caption="People who can sign in"
      rows={staff}
      rowKey={(person) => person.id}
      columns={[
        { head: 'Email address', cell: (person) => person.email },
        { head: 'Role', cell: (person) => roleNames[person.role] },
        { head: 'Systems whose results they see', cell: scopeOf },
        {
          head: 'Actions',
          cell: (person) => (
            <span className="app-actions">
              <button type="button" className="app-link-button" onClick={() => onChange(person)}>
                Change<span className="govuk-visually-hidden"> {person.email}</span>
              </button>
              <button type="button" className="app-link-button" onClick={() => onRemove(person)}>
                Remove<span className="govuk-visually-hidden"> {person.email}</span>
              </button>
            </span>
          ),
        },
      ]}
    />
  )
}
