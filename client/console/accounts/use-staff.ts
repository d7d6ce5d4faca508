import { useState } from 'react'
import { addStaffSchema, changeStaffSchema, type StaffEntry } from '../../../server/accounts/schema.ts'
import { post, put, remove } from '../api.ts'
import { checkForm, useSend } from '../use-send.ts'

type Role = StaffEntry['role']
export const roleNames: Record<Role, string> = { admin: 'Admin', reviewer: 'Reviewer', analyst: 'Analyst' }
export const roles = Object.keys(roleNames) as Role[]
const fieldOf = (place: string) => place.split('.')[0]

/** Adding, changing and removing people, one at a time. */
export function useStaff() {
  const sending = useSend()
  const { send, setProblems } = sending
  const [editing, setEditing] = useState<StaffEntry>()
  const [done, setDone] = useState('')
  const [added, setAdded] = useState(0)

  function start(person: StaffEntry | undefined) {
    setEditing(person)
    setDone('')
    setProblems([])
    if (person) requestAnimationFrame(() => document.getElementById('staff-form-heading')?.focus())
  }

  async function add(person: unknown) {
    const checked = checkForm(addStaffSchema, person)
    if (!checked.data) return setProblems(checked.problems)
    setDone('')
    const saved = await send(() => post<StaffEntry>('/api/account/staff', checked.data), fieldOf)
    if (!saved) return
    setDone(`${saved.email} can now sign in. Send them the address of this service; they ask for their own link there.`)
    setAdded((count) => count + 1)
  }

  async function change({ id }: StaffEntry, person: unknown) {
    const checked = checkForm(changeStaffSchema, person)
    if (!checked.data) return setProblems(checked.problems)
    const saved = await send(() => put<StaffEntry>(`/api/account/staff/${id}`, checked.data), fieldOf)
    if (!saved) return
    start(undefined)
    setDone(`${saved.email} is now: ${roleNames[saved.role]}.`)
  }

  async function removePerson({ id, email }: StaffEntry) {
    if (!confirm(`Remove ${email}? They are signed out at once.`)) return
    start(undefined)
    await send(async () => {
      await remove(`/api/account/staff/${id}`)
      setDone(`${email} can no longer sign in.`)
    })
  }
  // `added` counts: a new number is a new, blank form.
  return { ...sending, editing, done, added, start, add, change, removePerson }
}
