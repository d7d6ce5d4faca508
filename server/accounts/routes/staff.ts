import type { Request } from 'express'
import type { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { recordAudit } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { write } from '../../db/write.ts'
import { conflict, notFound } from '../../errors.ts'
import { created } from '../../http/handle.ts'
import { actorOf, staffOf } from '../../http/staff.ts'
import { requireSystems } from '../../systems/queries.ts'
import * as queries from '../queries.ts'
import type * as schema from '../schema.ts'

export function describeAccount(db: Db, req: Request): schema.Account {
  const { id, email, role, systemIds } = staffOf(req)
  return {
    email,
    role,
    systems: systemIds && queries.listStaffSystems(db, id).map(({ code, name }) => ({ code, name })),
  }
}

export function addStaff(
  { db, clock }: AppContext,
  { body, req }: { body: z.output<typeof schema.addStaffSchema>; req: Request },
) {
  const { actor, now } = actorOf(req, clock)
  return write(db, (tx) => {
    if (queries.getStaffByEmail(tx, body.email))
      throw conflict('already_added', `${body.email} can sign in already. Change their role in the list.`)
    const person = queries.saveStaff(tx, { email: body.email, role: body.role, now })
    queries.setStaffSystems(tx, person.id, systemIdsOf(tx, body.systems))
    recordAudit(tx, {
      actor,
      action: 'staff.add',
      subject: person.id,
      detail: { ...body },
      at: now,
    })
    return created({ ...person, systems: body.systems })
  })
}

type Change = { params: { id: string }; body: z.output<typeof schema.changeStaffSchema>; req: Request }

export function changeStaff({ db, clock }: AppContext, { params, body, req }: Change) {
  const { actor, now } = actorOf(req, clock)
  return write(db, (tx) => {
    const known = existing(tx, params.id)
    if (body.role !== 'admin') keepAnAdmin(tx, known)
    const person = queries.saveStaff(tx, { email: known.email, role: body.role, now })
    queries.setStaffSystems(tx, person.id, systemIdsOf(tx, body.systems))
    recordAudit(tx, {
      actor,
      action: 'staff.change',
      subject: person.id,
      detail: { email: person.email, ...body },
      at: now,
    })
    return { ...person, systems: body.systems }
  })
}

export function removeStaff({ db, clock }: AppContext, { params, req }: { params: { id: string }; req: Request }) {
  const { actor, now } = actorOf(req, clock)
  write(db, (tx) => {
    const person = existing(tx, params.id)
    keepAnAdmin(tx, person)
    queries.deleteStaff(tx, person.id)
    recordAudit(tx, {
      actor,
      action: 'staff.remove',
      subject: person.id,
      detail: { email: person.email, role: person.role },
      at: now,
    })
  })
}

function existing(db: Db, id: string) {
  const person = queries.getStaff(db, id)
  if (!person) throw notFound('There is no such person.')
  return person
}

function keepAnAdmin(db: Db, person: { id: string; role: string }): void {
  if (person.role === 'admin' && !queries.hasOtherAdmin(db, person.id))
    throw conflict('last_admin', 'This is the only admin. Make somebody else an admin first.')
}

const systemIdsOf = (db: Db, codes: readonly string[]) => requireSystems(db, codes).map(({ id }) => id)
