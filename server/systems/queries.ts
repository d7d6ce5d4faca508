import { asc, eq, inArray } from 'drizzle-orm'
import { newId } from '../db/ids.ts'
import type { Db } from '../db/open.ts'
import { systemAuthorities, systems } from '../db/schema.ts'
import { badRequest } from '../errors.ts'

export interface System {
  id: string
  code: string
  name: string
  region: string
  /** Names of local authorities as ONS writes them, in alphabetical order. */
  authorities: string[]
}

/** Every system, by name. */
export function listSystems(db: Db): System[] {
  const rows = db.select().from(systems).orderBy(asc(systems.name), asc(systems.code)).all()
  return rows.map(({ id, code, name, region }) => ({ id, code, name, region, authorities: listAuthorities(db, id) }))
}

export const getSystem = (db: Db, id: string) => db.select().from(systems).where(eq(systems.id, id)).get()

export function listSystemsByCode(db: Db, codes: readonly string[]) {
  return db
    .select()
    .from(systems)
    .where(inArray(systems.code, [...codes]))
    .orderBy(asc(systems.name))
    .all()
}

/** Throws unknown_system with every code that no system has. */
export function requireSystems(db: Db, codes: readonly string[]) {
  const found = listSystemsByCode(db, codes)
  const unknown = codes.filter((code) => !found.some((system) => system.code === code))
  if (unknown.length > 0)
    throw badRequest(
      'unknown_system',
      `There is no system with the code ${unknown.join(', ')}.`,
      unknown.map((code) => ({ place: 'body.systems', message: `no system ${code}` })),
    )
  return found
}

function listAuthorities(db: Db, systemId: string): string[] {
  const rows = db
    .select({ authority: systemAuthorities.authority })
    .from(systemAuthorities)
    .where(eq(systemAuthorities.systemId, systemId))
    .all()
  return rows.map((row) => row.authority).sort()
}

/** Adds a system, or brings the one with its code up to date. Returns what was done. */
export function saveSystem(db: Db, system: Omit<System, 'id'>, now: Date): 'added' | 'changed' | 'unchanged' {
  const { authorities, ...fields } = system
  const known = db.select().from(systems).where(eq(systems.code, system.code)).get()
  const id = known?.id ?? newId()
  const sorted = [...authorities].sort()
  if (
    known &&
    known.name === system.name &&
    known.region === system.region &&
    listAuthorities(db, id).join('\n') === sorted.join('\n')
  )
    return 'unchanged'
  if (known) db.update(systems).set(fields).where(eq(systems.id, id)).run()
  else
    db.insert(systems)
      .values({ id, ...fields, createdAt: now.toISOString() })
      .run()
  db.delete(systemAuthorities).where(eq(systemAuthorities.systemId, id)).run()
  for (const authority of sorted) db.insert(systemAuthorities).values({ systemId: id, authority }).run()
  return known ? 'changed' : 'added'
}
