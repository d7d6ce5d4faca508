import { describe, expect, test } from 'vitest'
import { saveCoordinators } from '../../server/cascade/queries/coordinators.ts'
import { participationOf, type ReachedLink } from '../../server/cascade/rules/participation.ts'
import { testApp } from '../app.ts'
import { addResponses, createSystem, openCascadeCollection, openPersonalCollection, signIn } from '../factories.ts'
import { changeCascadeLinks, storedCascadeLinks } from '../stored/collections.ts'
import { changeResponses } from '../stored/responses.ts'

const systems = [
  { code: 'a', name: 'Aston' },
  { code: 'b', name: 'Bury' },
]
const link = (system: string, declaredReach: number | null, answers: number): ReachedLink => ({
  system,
  declaredReach,
  answers,
})
const ranges = (links: ReachedLink[], k = 10) =>
  participationOf(links, systems, k).map(({ label, suppressed, low, high }) => [
    label,
    suppressed ? 'hidden' : [low, high],
  ])

describe('participation in a cascade', () => {
  test('is answers by declared reach: lowest where nobody was asked twice, highest where all are among those of the largest link', () => {
    expect(ranges([link('a', 100, 20), link('a', 60, 20), link('b', 50, 25)])).toEqual([
      ['All', [31, 43]],
      ['Aston', [25, 40]],
      ['Bury', [50, 50]],
    ])
  })

  test('counts only answers through links whose reach is declared, and is never more than all', () => {
    expect(ranges([link('a', 30, 15), link('a', null, 40), link('b', 20, 30)])).toEqual([
      ['All', [90, 90]],
      ['Aston', [50, 50]],
      ['Bury', [100, 100]],
    ])
  })

  test('says nothing of a system in which nothing is declared', () => {
    expect(ranges([link('a', 40, 20), link('b', null, 20)])).toEqual([
      ['All', [50, 50]],
      ['Aston', [50, 50]],
      ['Bury', [null, null]],
    ])
  })

  test('is hidden where few answered, and where the rest would give away a few', () => {
    expect(ranges([link('a', 40, 9)])).toEqual([
      ['All', 'hidden'],
      ['Aston', 'hidden'],
      ['Bury', [null, null]],
    ])
    // Progress shows 24 for Aston: 20 through declared links would tell of four others.
    expect(ranges([link('a', 40, 20), link('a', null, 4), link('b', 40, 30)])[1]).toEqual(['Aston', 'hidden'])
    expect(ranges([link('a', 40, 4), link('b', 40, 30)])[1]).toEqual(['Aston', 'hidden'])
  })
})

test('an admin reads it, hidden counts included as hidden; a personal collection has none', async () => {
  const app = testApp()
  createSystem(app, { code: 'salford', name: 'Salford' })
  const { collection } = openCascadeCollection(app, { systems: ['trafford', 'salford'] })
  const rows = ['trafford', 'salford'].map((system, index) => ({
    row: index + 2,
    system,
    organisation: 'Age Well',
    sector: '',
    name: '',
    email: 'a@example.org',
  }))
  saveCoordinators(app.db, collection.id, rows, {
    actor: 'admin',
    now: app.time.now,
    tokenKey: app.context.tokenKey,
  })
  const declared = storedCascadeLinks(app.db).filter(({ organisation }) => organisation !== null)
  for (const { id } of declared) changeCascadeLinks(app.db, { declaredReach: 40 }, id)
  const added = addResponses(app, collection.id, [
    ...Array.from({ length: 20 }, () => ({ answers: { grade: 'other' }, system: 'trafford' })),
    ...Array.from({ length: 24 }, () => ({ answers: { grade: 'other' }, system: 'salford' })),
  ])
  const linkOf = (systemId: string) => declared.find((candidate) => candidate.systemId === systemId)!.id
  for (const { id, systemId } of added) changeResponses(app.db, { cascadeLinkId: linkOf(systemId) }, id)
  const admin = signIn(app, 'admin')
  const address = `/api/collections/${collection.id}/participation`
  const { cells } = (await admin.get(address).expect(200)).body as { cells: unknown[] }
  expect(cells).toMatchObject([
    { cell: {}, declared: 2, reach: 80, low: 55, high: 55 },
    { cell: { system: 'salford' }, low: 60 },
    { cell: { system: 'trafford' }, low: 50 },
  ])
  // A test response counts for nothing.
  changeResponses(app.db, { source: 'test' }, added[0]!.id)
  expect((await admin.get(address)).body).toMatchObject({ cells: [{ low: 54 }, { low: 60 }, { low: 48 }] })
  await signIn(app, 'reviewer').get(address).expect(403)
  await admin.get(`/api/collections/${openPersonalCollection(app).collection.id}/participation`).expect(409)
})
