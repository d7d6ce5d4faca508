import { useRef, useState } from 'react'
import { useLoaderData } from 'react-router'
import { addStaffSchema, changeStaffSchema, type StaffEntry } from '../../../server/accounts/schema.ts'
import type { SystemView } from '../../../server/systems/schema.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Input } from '../../components/fields.tsx'
import { SuccessBanner } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Table } from '../../components/table.tsx'
import { get, post, put, remove } from '../api.ts'
import { checkForm, useSend } from '../use-send.ts'
import { RoleFields } from './role-fields.tsx'

export async function loadStaff() {
  const [{ staff }, { systems }] = await Promise.all([get<{ staff: StaffEntry[] }>('/api/account/staff'), get<{ systems: SystemView[] }>('/api/systems')])
  return { staff, systems }
}

const roleNames = { admin: 'Admin', reviewer: 'Reviewer', analyst: 'Analyst' }
const scopeOf = ({ role, systems }: StaffEntry, all: readonly SystemView[]) =>
  role !== 'reviewer' ? 'Does not apply' : systems.length === 0 ? 'All systems' : systems.map((code) => all.find((system) => system.code === code)?.name ?? code).join(', ')

const rolesOf = (fields: FormData) => {
  const role = fields.get('role')
  return { role, systems: role === 'reviewer' ? fields.getAll('systems') : [] }
}

export function StaffPage() {
  const { staff, systems } = useLoaderData<typeof loadStaff>()
  const { send, busy, problems, setProblems, problemOf } = useSend()
  const [editing, setEditing] = useState<StaffEntry>()
  const [done, setDone] = useState('')
  const form = useRef<HTMLFormElement>(null)

  async function save(event: React.SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const person = { email: editing?.email ?? fields.get('email'), ...rolesOf(fields) }
    const checked = editing ? checkForm(changeStaffSchema, { role: person.role, systems: person.systems }) : checkForm(addStaffSchema, person)
    if (!checked.data) return setProblems(checked.problems)
    setDone('')
    const saved = await send(() => (editing ? put<StaffEntry>(`/api/account/staff/${editing.id}`, checked.data) : post<StaffEntry>('/api/account/staff', checked.data)), (place) => place.split('.')[0])
    if (!saved) return
    setDone(editing ? `${saved.email} is now: ${roleNames[saved.role]}.` : `${saved.email} can now sign in. Send them the address of this service; they ask for their own link there.`)
    setEditing(undefined)
    form.current?.reset()
  }

  async function removePerson(person: StaffEntry) {
    if (!confirm(`Remove ${person.email}? They are signed out at once.`)) return
    setDone('')
    await send(async () => {
      await remove(`/api/account/staff/${person.id}`)
      setDone(`${person.email} can no longer sign in.`)
      setEditing(undefined)
    })
  }

  function edit(person: StaffEntry) {
    setEditing(person)
    setDone('')
    setProblems([])
    requestAnimationFrame(() => document.getElementById('staff-form-heading')?.focus())
  }

  return (
    <>
      <ErrorSummary problems={problems} />
      {done ? <SuccessBanner key={done}><p className="govuk-notification-banner__heading">{done}</p></SuccessBanner> : null}
      <PageHeading failed={problems.length > 0}>Staff</PageHeading>
      <Table
        caption="People who can sign in"
        rows={staff}
        rowKey={(person) => person.id}
        columns={[
          { head: 'Email address', cell: (person) => person.email },
          { head: 'Role', cell: (person) => roleNames[person.role] },
          { head: 'Systems whose results they see', cell: (person) => scopeOf(person, systems) },
          {
            head: 'Actions',
            cell: (person) => (
              <span className="app-actions">
                <button type="button" className="app-link-button" onClick={() => edit(person)}>Change<span className="govuk-visually-hidden"> {person.email}</span></button>
                <button type="button" className="app-link-button" onClick={() => void removePerson(person)}>Remove<span className="govuk-visually-hidden"> {person.email}</span></button>
              </span>
            ),
          },
        ]}
      />
      <h2 className="govuk-heading-m" tabIndex={-1} id="staff-form-heading">{editing ? `Change ${editing.email}` : 'Add a person'}</h2>
      <form noValidate ref={form} key={editing?.id ?? 'new'} onSubmit={(event) => void save(event)}>
        {editing ? null : <Input id="email" label="Email address" type="email" error={problemOf('email')} hint="They sign in by links sent to this address." />}
        <RoleFields person={editing} systems={systems} problemOf={problemOf} />
        <div className="govuk-button-group">
          <Button type="submit" busy={busy}>{editing ? 'Save' : 'Add'}</Button>
          {editing ? <button type="button" className="app-link-button" onClick={() => setEditing(undefined)}>Cancel</button> : null}
        </div>
      </form>
    </>
  )
}
