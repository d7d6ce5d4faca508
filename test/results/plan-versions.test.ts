import { beforeEach, describe, expect, test } from 'vitest'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { severCollection } from '../../server/retention/queries.ts'
import { snapshotSchema, verificationSchema, versionsToTakeSchema, type Snapshot } from '../../server/results/schema.ts'
import { testApp, type TestApp } from '../app.ts'
import { addResponses, openCascadeCollection, openPersonalCollection, signIn } from '../factories.ts'
import { audit, flow, publishCorrected, publishEdited } from '../question-sets/drafts/draft-api.ts'
import { cut, drop, push, put, toFront, type Edit } from '../question-sets/rules/edit-question-set.ts'
import { who } from './closed-collection.ts'
import { figure, resultsFrom } from './released.ts'

let app: TestApp
let admin: ReturnType<typeof signIn>
beforeEach(() => {
  app = testApp()
  admin = signIn(app, 'admin')
})

const many = { id: 'many_people', label: 'Many people came', variable: 'discharge_count', counts: ['twenty_or_more'] }
const newIndicator = push('plan/indicators', many)
const kinds = ['nursing_home', 'residential_care_home', 'domiciliary_care'] as const

/** A closed collection of 60 services of three types, all of which answered. */
function collected() {
  const { collection, invitations } = openPersonalCollection(app, {
    services: Array.from({ length: 60 }, (_, place) => ({ category: kinds[place % 3]! })),
  })
  addResponses(
    app,
    collection.id,
    invitations.map((invitation, place) => ({
      answers: {
        older_people_discharged: 'yes',
        discharge_count: place % 4 ? 'one_to_four' : 'twenty_or_more',
        summary_received: (['under_quarter', 'quarter_to_half', 'half_to_three_quarters', 'dont_know'] as const)[
          place % 4
        ],
      },
      invitation,
    })),
  )
  closeCollection(app.db, collection.id, who(app))
  return { collection, path: `/api/collections/${collection.id}/snapshots` }
}

async function take(path: string, version?: number, status = 201) {
  app.time.now = new Date(app.time.now.getTime() + 60_000)
  const answer = await admin.post(path).send(version === undefined ? undefined : { version })
  const { body } = answer as { body: Snapshot & { error?: { code: string; message: string } } }
  expect({ status: answer.status, error: status === 201 ? body.error : undefined }).toEqual({
    status,
    error: undefined,
  })
  return body
}
const release = (path: string, { id }: Snapshot, status = 200) => admin.post(`${path}/${id}/release`).expect(status)
const verify = async (path: string, { id }: Snapshot) =>
  verificationSchema.parse((await admin.post(`${path}/${id}/verify`).expect(200)).body)
const rows = (table: string) => app.db.$client.prepare(`select * from ${table} order by 1, 2`).all()

describe('a snapshot under a later version that changes the plan alone', () => {
  test('counts the same responses by the new plan, says so, and can be taken again', async () => {
    const { collection, path } = collected()
    const first = snapshotSchema.parse(await take(path))
    expect(first).toMatchObject({ version: 1 })
    await publishEdited(
      app,
      flow,
      newIndicator,
      put('plan/indicators/summary_under_quarter', { label: 'Hardly any summaries' }),
    )
    const before = ['responses', 'collections', 'snapshots', 'snapshot_counts'].map(rows)
    expect(await take(path)).toMatchObject({ version: 1, sha256: first.sha256 })
    const second = snapshotSchema.parse(await take(path, 2))
    expect(second).toMatchObject({ version: 2, responses: 60 })
    expect(second.sha256).not.toBe(first.sha256)
    for (const snapshot of [first, second])
      expect(await verify(path, snapshot)).toMatchObject({ same: true, against: 'retaken' })
    const seen = (await admin.get(path).expect(200)).body as Snapshot[]
    expect(seen.map(({ version }) => version)).toEqual([1, 1, 2])
    expect(rows('responses')).toEqual(before[0])
    expect(rows('collections')).toEqual(before[1])
    expect(rows('snapshot_counts')).toEqual(expect.arrayContaining(before[3]!))
    const taken = app.db.$client
      .prepare("select detail from audit_log where action = 'snapshot.take' and subject = ?")
      .pluck()
    expect(JSON.parse(taken.get(second.id) as string)).toMatchObject({ version: 2 })

    await release(path, second)
    const results = await resultsFrom(app, collection.id, '?breakdown=service_type')
    expect(results.collection).toMatchObject({ version: 2 })
    expect(figure(results, 'many_people').cells[0]).toMatchObject({ base: 60, count: 15, percent: 25 })
    expect(figure(results, 'many_people').cells[1]).toMatchObject({ base: 20, count: 5 })
    expect(figure(results, 'summary_under_quarter')).toMatchObject({ label: 'Hardly any summaries' })
    expect(figure(results, 'summary_under_quarter').cells[0]).toMatchObject({ base: 45, count: 15, dontKnow: 15 })
    expect((await admin.get(`/api/collections/${collection.id}`)).body).toMatchObject({ version: 1 })
  })

  test('has a new scale over answers that no scale was computed of', async () => {
    const { collection } = openCascadeCollection(app)
    const path = `/api/collections/${collection.id}/snapshots`
    addResponses(
      app,
      collection.id,
      Array.from({ length: 40 }, (_, place) => ({
        answers: { grade: 'other', sector: 'care_home', treat_fairly: 1 + (place % 5), listen: 3 },
      })),
    )
    await publishEdited(
      app,
      audit,
      push('plan/scales', {
        id: 'both',
        label: 'Both',
        items: [{ variable: 'treat_fairly' }, { variable: 'listen', reversed: true }],
      }),
    )
    // Open still: it can be taken, and waits for the close.
    const early = await take(path, 2)
    expect((await release(path, early, 409)).body).toMatchObject({ error: { code: 'not_closed' } })
    closeCollection(app.db, collection.id, who(app))
    app.time.now = new Date('2026-06-01T10:00:00Z')
    await release(path, await take(path, 2))
    const results = await resultsFrom(app, collection.id)
    expect(results.scales.find(({ id }) => id === 'both')!.cells[0]).toMatchObject({
      base: 40,
      mean: 3,
      distribution: [0, 8, 16, 16, 0],
    })
  })

  test('takes its states, and when a question does not apply, from the new plan', async () => {
    const { collection, path } = collected()
    await publishEdited(
      app,
      flow,
      put('plan', {
        states: { dontKnow: ['dont_know'], notApplicable: ['no_discharges', 'not_applicable', 'under_quarter'] },
      }),
      (set) => {
        const { plan } = set
        plan.indicators = plan.indicators.filter(({ counts }) => !counts.includes('under_quarter'))
        plan.leadIndicator = 'summary_over_three_quarters'
        plan.indicators.push({
          id: 'a_half',
          label: 'A half',
          variable: 'summary_received',
          counts: ['quarter_to_half'],
        })
      },
    )
    await release(path, await take(path, 2))
    expect(figure(await resultsFrom(app, collection.id), 'a_half').cells[0]).toMatchObject({
      base: 30,
      count: 15,
      notApplicable: 15,
      dontKnow: 15,
    })
  })

  test('works out anew to which groups responses belong, from their answers and from the frame', async () => {
    const { collection, path } = collected()
    const regroup: Edit = ({ plan }) => {
      plan.breakdowns = [
        { id: 'place', label: 'Place', from: 'system' },
        { id: 'kind', label: 'Kind', from: 'category', variable: 'service_type' },
        {
          id: 'nursing',
          label: 'Nursing',
          from: 'derived',
          of: 'kind',
          groups: [
            { code: 'nursing', label: 'Nursing', codes: ['nursing_home'] },
            {
              code: 'none',
              label: 'None',
              codes: [
                'residential_care_home',
                'domiciliary_care',
                'extra_care_housing',
                'supported_living',
                'shared_lives',
                'other',
              ],
            },
          ],
        },
        { id: 'size', label: 'Size', from: 'variable', variable: 'discharge_count' },
      ]
      plan.cross = ['kind', 'size']
      plan.counted = plan.counted.filter((name) => name !== 'discharge_count')
    }
    await publishEdited(app, flow, regroup)
    const second = await take(path, 2)
    expect(await verify(path, second)).toMatchObject({ same: true })
    await release(path, second)
    const cellsBy = async (breakdown: string) =>
      figure(await resultsFrom(app, collection.id, `?breakdown=${breakdown}`), 'summary_under_quarter')
        .cells.slice(1)
        .map(({ cell, ...shown }) => [cell[breakdown], 'base' in shown ? [shown.base, shown.population] : 'hidden'])
    expect(await cellsBy('kind')).toEqual([
      ['residential_care_home', [15, 20]],
      ['nursing_home', [15, 20]],
      ['domiciliary_care', [15, 20]],
    ])
    expect(await cellsBy('nursing')).toEqual([
      ['nursing', [15, 20]],
      ['none', [30, 40]],
    ])
    expect(await cellsBy('place')).toEqual([['trafford', [45, 60]]])
    const { cells } = (await resultsFrom(app, collection.id, '?breakdown=size')).indicators.find(
      ({ id }) => id === 'summary_under_quarter',
    )!
    expect(cells.map(({ label }) => label)).toEqual(['All responses', '1 to 4', '20 or more'])
  })

  const more: [string, string, Edit][] = [
    ['wording', 'wording: ', put('?who_chases', { title: 'Who always chases missing information?' })],
    ['codes', 'codes: ', push('?summary_received/choices', { value: 'all', text: 'All' })],
    ['structure', 'structure: ', put('?summary_received', { isRequired: true })],
    ['the time that people were told', 'plan, minutes', put('plan', { minutes: 12 })],
    ['who is asked', 'plan, mode', put('plan', { mode: 'cascade' })],
  ]
  test.each(more)('is refused where it changes %s, or an earlier version did', async (_, words, edit) => {
    const { path } = collected()
    await publishEdited(app, flow, edit)
    await publishEdited(app, flow, newIndicator)
    for (const version of [2, 3]) {
      const { error } = await take(path, version, 409)
      expect(error).toMatchObject({ code: 'not_plan_alone' })
      expect(error!.message).toContain('from version 1 to 2')
      expect(error!.message).toContain(words)
    }
    expect(rows('snapshots')).toEqual([])
    expect((await admin.get(`${path}/versions`).expect(200)).body).toEqual([{ version: 1, comparability: null }])
  })

  test('is offered for each version that fits: corrections and plans on the way from the collection’s own', async () => {
    const { path } = collected()
    await publishCorrected(app, flow, put('?hospital_names', { title: 'Which hospitals, manly?' }))
    await publishEdited(app, flow, newIndicator)
    await publishEdited(app, flow, push('?summary_received/choices', { value: 'all', text: 'All' }))
    await publishEdited(app, flow, cut('plan/indicators', 'many_people'), (set) =>
      set.plan.counted.push('discharge_count'),
    )
    const offered = versionsToTakeSchema.parse((await admin.get(`${path}/versions`).expect(200)).body)
    expect(offered.map(({ version }) => version)).toEqual([1, 2, 3])
    expect(offered[2]).toMatchObject({ comparability: 'Not to be compared.' })
    expect(await take(path, 3)).toMatchObject({ version: 3 })
  })

  test('is asked for by the number of a published version, not an earlier one, by an admin', async () => {
    await publishEdited(app, flow, newIndicator)
    const { path, collection } = collected()
    expect(collection.version).toBe(2)
    expect(await take(path, 2)).toMatchObject({ version: 2 })
    for (const version of [1, 3]) expect((await take(path, version, 400)).error).toMatchObject({ code: 'bad_version' })
    for (const version of [0, 1.5, 'two', null]) await admin.post(path).send({ version }).expect(400)
    await admin.post(path).send({ versions: 2 }).expect(400)
    const versions = `${path}/versions`
    await app.request.get(versions).expect(401)
    await signIn(app, 'analyst').get(versions).expect(403)
    await admin.get('/api/collections/none/snapshots/versions').expect(404)
  })

  test('is not taken once the links between answers and services are gone, nor released then where it groups otherwise', async () => {
    const { collection, path } = collected()
    await publishEdited(app, flow, newIndicator)
    await publishEdited(app, flow, toFront('plan/breakdowns', 'service_type'))
    const [sameGroups, otherGroups] = [await take(path, 2), await take(path, 3)]
    app.time.now = new Date('2027-07-01T09:00:00Z')
    severCollection(app.db, collection.id, who(app))
    admin = signIn(app, 'admin')
    expect((await take(path, 2, 409)).error).toMatchObject({ code: 'retention_ended' })
    expect((await release(path, otherGroups, 409)).body).toMatchObject({ error: { code: 'retention_ended' } })
    await release(path, sameGroups)
  })

  test('uses what was fixed at submission where the plan groups alike', async () => {
    const { path } = collected()
    await publishEdited(app, flow, newIndicator)
    const before = await take(path, 2)
    // What the register says of a service now is not what it said then.
    app.db.$client.prepare("update frame_services set category = 'other' where category = 'nursing_home'").run()
    expect((await verify(path, before)).differs).not.toContain('counts')
  })
})

test('what is routed past is not applicable by the plan of the snapshot', async () => {
  const { collection, invitations } = openPersonalCollection(app, { services: 12 })
  addResponses(
    app,
    collection.id,
    invitations.map((invitation) => ({ answers: { older_people_discharged: 'no' }, invitation })),
  )
  const path = `/api/collections/${collection.id}/snapshots`
  await publishEdited(app, flow, drop('plan', 'notApplicableWhen'))
  const snapshots = [await take(path), await take(path, 2)]
  const stateOf = ({ id }: Snapshot) =>
    app.db.$client
      .prepare("select distinct state from snapshot_counts where snapshot_id = ? and variable = 'summary_received'")
      .pluck()
      .all(id)
  expect(snapshots.map(stateOf)).toEqual([['not_applicable'], ['not_asked']])
})
