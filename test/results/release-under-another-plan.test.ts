import { beforeEach, describe, expect, test } from 'vitest'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import type { Results, Snapshot } from '../../server/results/schema.ts'
import type { Answers } from '../../surveys/question-set.ts'
import { testApp, type TestApp } from '../app.ts'
import { addResponses, openCascadeCollection, openPersonalCollection, signIn } from '../factories.ts'
import { audit, flow, publishEdited } from '../question-sets/drafts/draft-api.ts'
import { cut, push, put, toFront, type Edit } from '../question-sets/rules/edit-question-set.ts'
import { who } from './closed-collection.ts'
import { figure, repeat, resultsFrom } from './released.ts'

let app: TestApp
let admin: ReturnType<typeof signIn>
beforeEach(() => {
  app = testApp()
  admin = signIn(app, 'admin')
})

/** A closed collection with services of these types and the answers of the first of them. */
function collected(types: string[], answers: Answers[]) {
  const { collection, invitations } = openPersonalCollection(app, {
    services: types.map((category) => ({ category })) as never,
  })
  addResponses(
    app,
    collection.id,
    answers.map((given, place) => ({ answers: given, invitation: invitations[place]! })),
  )
  closeCollection(app.db, collection.id, who(app))
  return { collection, invitations, path: `/api/collections/${collection.id}/snapshots` }
}

async function take(path: string, version: number) {
  app.time.now = new Date(app.time.now.getTime() + 60_000)
  return (await admin.post(path).send({ version }).expect(201)).body as Snapshot
}

/** Takes and releases; the error where it is refused. */
async function release(path: string, version: number) {
  const { id } = await take(path, version)
  const { body } = (await admin.post(`${path}/${id}/release`)) as {
    body: { releasedAt?: string; error?: { code: string; message: string; details: string[] } }
  }
  expect(body.error === undefined).toBe(typeof body.releasedAt === 'string')
  return body.error
}

const summary = (summary_received: string): Answers => ({ older_people_discharged: 'yes', summary_received })
/** Nursing homes and home care; of the second, twelve of whom nobody chose the second band. */
const types = [...repeat(20, 'nursing_home'), ...repeat(12, 'domiciliary_care'), ...repeat(20, 'residential_care_home')]
const bands = (homeCare: string[]) =>
  [
    ...repeat(10, ['under_quarter', 'half_to_three_quarters', 'over_three_quarters', 'quarter_to_half'])
      .flat()
      .slice(0, 20),
    ...homeCare,
    ...repeat(10, ['under_quarter', 'half_to_three_quarters', 'over_three_quarters', 'quarter_to_half'])
      .flat()
      .slice(0, 20),
  ].map(summary)
const mixed = [
  ...repeat(3, 'under_quarter'),
  ...repeat(3, 'quarter_to_half'),
  ...repeat(3, 'half_to_three_quarters'),
  ...repeat(3, 'over_three_quarters'),
]
const nobodyInTheSecond = [
  ...repeat(6, 'under_quarter'),
  ...repeat(3, 'half_to_three_quarters'),
  ...repeat(3, 'over_three_quarters'),
]
/** The same indicator counts one code more. */
const wider = put('plan/indicators/summary_under_quarter', {
  label: 'Under a half',
  counts: ['under_quarter', 'quarter_to_half'],
})

describe('releasing a snapshot under another plan than one that was released', () => {
  test('is allowed where one of the two plans has all that the other has; the newer is read from then on', async () => {
    const { collection, path } = collected(types, bands(nobodyInTheSecond))
    await publishEdited(app, flow, wider)
    await publishEdited(
      app,
      flow,
      put('plan/indicators/summary_under_quarter', { label: 'Hardly any summaries', counts: ['under_quarter'] }),
      cut('plan/indicators', 'told_risks'),
    )
    expect(await release(path, 1)).toBeUndefined()
    expect(await release(path, 3)).toBeUndefined()
    const results = await resultsFrom(app, collection.id)
    expect(results.collection).toMatchObject({ version: 3 })
    expect(figure(results, 'summary_under_quarter')).toMatchObject({ label: 'Hardly any summaries' })
    expect(await release(path, 1)).toBeUndefined()
  })

  test('is allowed with a new indicator and a new scale', async () => {
    const { collection } = openCascadeCollection(app)
    const path = `/api/collections/${collection.id}/snapshots`
    addResponses(
      app,
      collection.id,
      Array.from({ length: 60 }, (_, place) => ({
        answers: {
          grade: place % 2 ? 'frontline_staff' : 'operational_manager',
          sector: 'care_home',
          listen: 1 + (place % 5),
          sectors: ['care_home'],
        },
      })),
    )
    closeCollection(app.db, collection.id, who(app))
    await publishEdited(
      app,
      audit,
      push('plan/scales', { id: 'hearing', label: 'Hearing', items: [{ variable: 'listen' }] }),
      push('plan/indicators', { id: 'listen_disagree', label: 'Do not listen', variable: 'listen', counts: [1, 2] }),
    )
    expect(await release(path, 1)).toBeUndefined()
    expect(await release(path, 2)).toBeUndefined()
    expect(figure(await resultsFrom(app, collection.id), 'listen_disagree').cells[0]).toMatchObject({
      base: 60,
      count: 24,
    })
  })

  test('is allowed where the difference of two shares could have been published itself', async () => {
    const { path } = collected(types, bands(mixed))
    await publishEdited(app, flow, wider)
    expect(await release(path, 1)).toBeUndefined()
    expect(await release(path, 2)).toBeUndefined()
  })

  test('is refused where two shares, subtracted, say that nobody in a small group gave an answer', async () => {
    const { collection, path } = collected(types, bands(nobodyInTheSecond))
    await publishEdited(app, flow, wider)
    expect(await release(path, 1)).toBeUndefined()
    const before = (await admin.get(`/api/collections/${collection.id}/results?breakdown=service_type`)).body as Results
    // The attacker's first half: 6 of 12, in home care. The second would be 6 of 12 again.
    expect(
      figure(before, 'summary_under_quarter').cells.find(({ label }) => label.startsWith('Domiciliary')),
    ).toMatchObject({ base: 12, count: 6 })
    const error = await release(path, 2)
    expect(error).toMatchObject({ code: 'tells_more', details: ['Under a half'] })
    expect((await admin.get(`/api/collections/${collection.id}/results?breakdown=service_type`)).body).toEqual(before)
    const snapshots = (await admin.get(path)).body as Snapshot[]
    expect(snapshots.map(({ version, releasedAt }) => [version, releasedAt === null])).toEqual([
      [1, false],
      [2, true],
    ])
    // Nor the other way round.
    const other = testApp()
    app = other
    admin = signIn(other, 'admin')
    const again = collected(types, bands(nobodyInTheSecond))
    await publishEdited(other, flow, wider)
    expect(await release(again.path, 2)).toBeUndefined()
    expect(await release(again.path, 1)).toMatchObject({ code: 'tells_more' })
  })

  test('is refused where one shows who was asked because of an answer that the other hides', async () => {
    const kinds = [
      ...repeat(15, 'nursing_home'),
      ...repeat(30, 'residential_care_home'),
      ...repeat(30, 'domiciliary_care'),
    ]
    // Every nursing home used a trusted assessor: of one mind, and under twice the threshold.
    const answers = kinds.map((_, place): Answers =>
      place < 15 || place % 3 > 0
        ? { trusted_assessor_used: 'yes', trusted_assessor_relied_on: place % 2 ? 'rarely' : 'always' }
        : { trusted_assessor_used: 'no' },
    )
    const { collection, path } = collected(kinds, answers)
    const [used, relied] = ['trusted_assessor_used', 'trusted_assessor_relied_on']
    await publishEdited(
      app,
      flow,
      cut('plan/indicators', 'trusted_assessor_rarely_or_never_relied_on'),
      push('plan/counted', relied),
    )
    await publishEdited(
      app,
      flow,
      cut('plan/counted', relied),
      cut('plan/indicators', 'trusted_assessor_used_yes'),
      push('plan/counted', used),
      push('plan/indicators', { id: 'relied', label: 'Relied on', variable: relied, counts: ['always'] }),
    )
    expect(await release(path, 2)).toBeUndefined()
    const { cells } = figure(
      await resultsFrom(app, collection.id, '?breakdown=service_type'),
      'trusted_assessor_used_yes',
    )
    expect(cells.find(({ label }) => label === 'Nursing home')).toMatchObject({ suppressed: true })
    const error = await release(path, 3)
    expect(error).toMatchObject({ code: 'tells_more' })
    expect(error!.details).toContain('Relied on')
  })

  test('is refused where one choice of a question is hidden and another, which has the same base, would be shown', async () => {
    const answers = types.map((_, place): Answers => {
      const homeCare = place >= 20 && place < 32
      return {
        older_people_discharged: 'yes',
        headings: homeCare
          ? place % 2
            ? ['plan', 'legal']
            : ['legal']
          : place % 2
            ? ['plan', 'legal']
            : ['allergies'],
      }
    })
    const { path } = collected(types, answers)
    const others: Edit[] = ['told_allergies', 'told_risks', 'told_individual_needs', 'told_plan', 'told_legal'].map(
      (id) => cut('plan/indicators', id),
    )
    const only = (variable: string) =>
      push('plan/indicators', { id: 'only', label: `Told: ${variable}`, variable, counts: [1] })
    const counted = (set: Parameters<Edit>[0]) => {
      if (!set.plan.counted.includes('headings')) set.plan.counted.push('headings')
    }
    await publishEdited(app, flow, ...others, counted, only('headings.legal'))
    await publishEdited(app, flow, cut('plan/indicators', 'only'), only('headings.plan'))
    expect(await release(path, 2)).toBeUndefined()
    expect(await release(path, 3)).toMatchObject({
      code: 'tells_more',
      details: ['Told: headings.legal', 'Told: headings.plan'],
    })
  })

  const grouping: [string, string, Edit][] = [
    ['breakdowns', 'breakdowns', toFront('plan/breakdowns', 'setting')],
    ['the cross', 'cross', put('plan', { cross: ['region', 'setting'] })],
    ['the lead question', 'the lead question', put('plan', { leadIndicator: 'own_staff_chase' })],
    [
      'when questions do not apply',
      'not applicable',
      put('plan', { notApplicableWhen: "{older_people_discharged} = 'dont_know'" }),
    ],
  ]
  test.each(grouping)('is refused where the plans differ in %s', async (_, words, edit) => {
    const { path } = collected(types, bands(mixed))
    await publishEdited(app, flow, edit)
    expect(await release(path, 1)).toBeUndefined()
    const error = await release(path, 2)
    expect(error).toMatchObject({ code: 'other_groups' })
    expect(error!.message).toContain('under version 1')
    expect(error!.message).toContain(words)
  })

  test('is refused where it is not of the same responses, however many came', async () => {
    const { collection, invitations, path } = collected([...types, ...repeat(30, 'nursing_home')], bands(mixed))
    await publishEdited(
      app,
      flow,
      push('plan/indicators', { id: 'many', label: 'Many', variable: 'discharge_count', counts: ['twenty_or_more'] }),
    )
    expect(await release(path, 1)).toBeUndefined()
    addResponses(
      app,
      collection.id,
      invitations.slice(52).map((invitation) => ({ answers: summary('under_quarter'), invitation })),
    )
    app.time.now = new Date('2026-06-01T10:00:00Z')
    expect(await release(path, 2)).toMatchObject({ code: 'other_responses' })
    expect(await release(path, 1)).toBeUndefined()
  })

  test('holds all released ones together: no third may tell what the first two do not', async () => {
    const homeCare = [
      ...repeat(4, 'under_quarter'),
      ...repeat(4, 'quarter_to_half'),
      ...repeat(4, 'over_three_quarters'),
    ]
    const { path } = collected(types, bands(homeCare))
    const counting = (...codes: string[]) =>
      put('plan/indicators/summary_over_three_quarters', { label: codes.join(), counts: codes })
    const bare = (counts: string[]): Edit[] => [
      cut('plan/indicators', 'summary_under_quarter'),
      put('plan', { leadIndicator: 'summary_over_three_quarters' }),
      counting(...counts),
    ]
    await publishEdited(app, flow, ...bare(['under_quarter']))
    await publishEdited(app, flow, counting('under_quarter', 'half_to_three_quarters', 'quarter_to_half'))
    await publishEdited(app, flow, counting('under_quarter', 'quarter_to_half'))
    expect(await release(path, 2)).toBeUndefined()
    expect(await release(path, 3)).toBeUndefined()
    // The third band of home care, chosen by nobody, is version 3 less version 4.
    expect(await release(path, 4)).toMatchObject({ code: 'tells_more' })
  })
})

describe('releasing a snapshot that groups otherwise than progress did', () => {
  const withoutSetting: Edit = ({ plan }) => {
    plan.breakdowns = plan.breakdowns.filter(({ id }) => id !== 'setting')
    plan.cross = ['system', 'service_type']
  }
  test('is refused where staff have seen a count that it hides', async () => {
    const answered = bands(mixed)
    const { path } = collected(types, answered)
    // Without service types: progress shows how many responded in each.
    await publishEdited(app, flow, ({ plan }) => {
      plan.breakdowns = plan.breakdowns.filter(({ from }) => from === 'region' || from === 'system')
      plan.cross = ['region', 'system']
      plan.counted.push('service_type')
    })
    const error = await release(path, 2)
    expect(error).toMatchObject({ code: 'groups_of_progress' })
    expect(error!.message).toContain('3 counts')
    expect(await release(path, 1)).toBeUndefined()
  })

  test('is allowed where it shows all that progress does', async () => {
    const { collection, path } = collected(types, bands(mixed))
    await publishEdited(app, flow, withoutSetting)
    expect(await release(path, 2)).toBeUndefined()
    expect((await resultsFrom(app, collection.id, '?cross=true')).breakdown).toEqual(['system', 'service_type'])
  })
})
