import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../server/db/open.ts'
import { resultsToCsv, resultsToText } from '../../server/results/export.ts'
import { resultsSchema, type Results } from '../../server/results/schema.ts'
import { testApp, type TestApp } from '../app.ts'
import {
  addResponses,
  createSystem,
  openCascadeCollection,
  openPersonalCollection,
  releaseResults,
  signIn,
} from '../factories.ts'

type Services = NonNullable<NonNullable<Parameters<typeof openPersonalCollection>[1]>['services']>

const answersTo = (summary: string) => ({ older_people_discharged: 'yes', summary_received: summary })
const repeat = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

/** A released collection of one system whose first services gave these answers to the question on summaries. */
function released(app: TestApp, services: Services, summaries: string[], overrides = {}) {
  const { collection, invitations } = openPersonalCollection(app, { services, ...overrides })
  addResponses(
    app,
    collection.id,
    summaries.map((summary, place) => ({ answers: answersTo(summary), invitation: invitations[place]! })),
  )
  return { collection, invitations, snapshot: releaseResults(app, collection.id) }
}

async function resultsFrom(app: TestApp, id: string, query = '', signedIn = signIn(app, 'reviewer')): Promise<Results> {
  const response = await signedIn.get(`/api/collections/${id}/results${query}`).expect(200)
  return resultsSchema.parse(response.body)
}

const figure = (results: Results, id: string) => results.indicators.find((indicator) => indicator.id === id)!
const sixOfTwentyTwo = [...repeat(6, 'under_quarter'), ...repeat(16, 'quarter_to_half')]

describe('the results of a released snapshot', () => {
  test('follow the contract to the letter: frame 60, base 22, count 6 gives 15.2 to 43.9', async () => {
    const app = testApp()
    const { collection, snapshot } = released(app, 60, sixOfTwentyTwo)
    const results = await resultsFrom(app, collection.id)
    expect(results.collection).toEqual({
      id: collection.id,
      name: 'Review',
      questionSet: 'discharge-information-flow',
      version: 1,
    })
    expect(results.snapshot).toEqual({
      id: snapshot.id,
      sha256: snapshot.sha256,
      takenAt: snapshot.takenAt,
      responses: 22,
      k: 10,
      released: true,
    })
    expect(results.breakdown).toEqual([])
    const states = { population: 60, dontKnow: 0, notApplicable: 0, notAsked: 0, missing: 0 }
    expect(figure(results, 'summary_under_quarter')).toEqual({
      id: 'summary_under_quarter',
      label: 'Receive discharge summaries less than a quarter of the time',
      source: ['summary_received'],
      cells: [
        {
          cell: {},
          label: 'All responses',
          suppressed: false,
          base: 22,
          count: 6,
          percent: 27.3,
          low: 15.2,
          high: 43.9,
          ...states,
          differs: null,
          weighted: null,
        },
      ],
    })
    expect(results.scales).toEqual([])
    const dispositions = { I: 22, P: 0, R: 0, NC: 0, O: 0, U: 38, NE: 0 }
    expect(results.responseRates).toEqual([
      {
        cell: {},
        label: 'All responses',
        suppressed: false,
        invited: 60,
        dispositions,
        RR1: 36.7,
        RR2: 36.7,
        RR3: 36.7,
        RR4: 36.7,
        RR5: null,
        RR6: null,
      },
    ])
  })

  test('take the population of a base from its share of the responses: frame 60, 40 responses, 22 in the base gives 17.9 to 39.2', async () => {
    const app = testApp()
    const { collection } = released(app, 60, [
      ...sixOfTwentyTwo,
      ...repeat(10, 'dont_know'),
      ...repeat(8, 'no_discharges'),
    ])
    const [cell] = figure(await resultsFrom(app, collection.id), 'summary_under_quarter').cells
    expect(cell).toMatchObject({
      base: 22,
      count: 6,
      low: 17.9,
      high: 39.2,
      population: 60,
      dontKnow: 10,
      notApplicable: 8,
      missing: 0,
    })
  })

  test('hide a cell under the threshold, and say nothing else of it', async () => {
    const app = testApp()
    const categories: Services = [
      ...repeat(12, 'nursing_home'),
      ...repeat(12, 'domiciliary_care'),
      ...repeat(9, 'shared_lives'),
      ...repeat(9, 'extra_care_housing'),
    ].map((category) => ({ category }))
    const { collection } = released(app, categories, repeat(21, ['under_quarter', 'quarter_to_half']).flat())
    const results = await resultsFrom(app, collection.id, '?breakdown=service_type')
    expect(results.breakdown).toEqual(['service_type'])
    expect(
      figure(results, 'summary_under_quarter').cells.map(({ cell, label, suppressed }) => [cell, label, suppressed]),
    ).toEqual([
      [{}, 'All responses', false],
      [{ service_type: 'nursing_home' }, 'Nursing home', false],
      [{ service_type: 'domiciliary_care' }, 'Domiciliary (home) care', false],
      [{ service_type: 'extra_care_housing' }, 'Extra care housing', true],
      [{ service_type: 'shared_lives' }, 'Shared Lives', true],
    ])
    expect(figure(results, 'summary_under_quarter').cells[3]).toEqual({
      cell: { service_type: 'extra_care_housing' },
      label: 'Extra care housing',
      suppressed: true,
    })
    expect(results.responseRates[3]).toEqual({
      cell: { service_type: 'extra_care_housing' },
      label: 'Extra care housing',
      suppressed: true,
    })
  })

  test('hide a second cell where a line with a published total would be left with one', async () => {
    const app = testApp()
    const categories: Services = [
      ...repeat(12, 'nursing_home'),
      ...repeat(14, 'domiciliary_care'),
      ...repeat(4, 'shared_lives'),
    ].map((category) => ({ category }))
    const { collection } = released(app, categories, repeat(15, ['under_quarter', 'quarter_to_half']).flat())
    const results = await resultsFrom(app, collection.id, '?breakdown=service_type')
    const hidden = figure(results, 'summary_under_quarter').cells.filter((cell) => cell.suppressed)
    expect(hidden.length).toBeGreaterThanOrEqual(2)
    expect(hidden.map((cell) => cell.label)).toContain('Shared Lives')
  })

  test('hide unanimous answers until the base is twice the threshold', async () => {
    const app = testApp()
    const few = released(app, 19, repeat(19, 'under_quarter'))
    const many = released(app, 20, repeat(20, 'under_quarter'), { name: 'Larger' })
    expect(figure(await resultsFrom(app, few.collection.id), 'summary_under_quarter').cells).toEqual([
      { cell: {}, label: 'All responses', suppressed: true },
    ])
    expect(figure(await resultsFrom(app, many.collection.id), 'summary_under_quarter').cells[0]).toMatchObject({
      suppressed: false,
      base: 20,
      count: 20,
      percent: 100,
      low: 100,
      high: 100,
    })
  })

  test('hide what rests on fewer than three providers, or half on one', async () => {
    const app = testApp()
    const services: Services = Array.from({ length: 30 }, (_, place) => ({
      providerKey: place < 15 ? '1-500000001' : `1-50000${1000 + place}`,
    }))
    const { collection } = released(app, services, repeat(15, ['under_quarter', 'quarter_to_half']).flat())
    expect(figure(await resultsFrom(app, collection.id), 'summary_under_quarter').cells).toEqual([
      { cell: {}, label: 'All responses', suppressed: true },
    ])
  })

  test('hide with a question those asked by its answers: "not asked" would count the others', async () => {
    const app = testApp()
    const services: Services = [
      ...repeat(15, 'nursing_home'),
      ...repeat(30, 'residential_care_home'),
      ...repeat(30, 'domiciliary_care'),
    ].map((category) => ({ category }))
    const { collection, invitations } = openPersonalCollection(app, { services })
    // Every nursing home used a trusted assessor: of one mind, and under twice the threshold.
    const used = (place: number) => place < 15 || place % 3 > 0
    const answers = (place: number) =>
      used(place)
        ? { trusted_assessor_used: 'yes', trusted_assessor_relied_on: place % 2 ? 'rarely' : 'always' }
        : { trusted_assessor_used: 'no' }
    addResponses(
      app,
      collection.id,
      invitations.map((invitation, place) => ({ answers: answers(place), invitation })),
    )
    releaseResults(app, collection.id)
    const results = await resultsFrom(app, collection.id, '?breakdown=service_type')
    const hidden = (id: string) =>
      figure(results, id)
        .cells.filter((cell) => cell.suppressed)
        .map((cell) => cell.label)
    expect(hidden('trusted_assessor_used_yes')).toHaveLength(2)
    expect(hidden('trusted_assessor_used_yes')).toContain('Nursing home')
    expect(hidden('trusted_assessor_rarely_or_never_relied_on')).toEqual(hidden('trusted_assessor_used_yes'))
    expect(results.responseRates.every((cell) => !cell.suppressed)).toBe(true)
  })

  test('leave out of the population and of nothing else a service that is not eligible', async () => {
    const app = testApp()
    const services: Services = Array.from({ length: 60 }, (_, place) =>
      place < 50 ? {} : { notEligibleReason: 'closed' },
    )
    const { collection } = released(app, services, sixOfTwentyTwo)
    const results = await resultsFrom(app, collection.id)
    expect(figure(results, 'summary_under_quarter').cells[0]).toMatchObject({ population: 50, base: 22 })
  })

  test('name a group of which nobody answered, hidden, and leave out one that has nobody', async () => {
    const app = testApp()
    const services: Services = [
      ...repeat(30, { category: 'nursing_home' }),
      ...repeat(15, { category: 'supported_living' }),
      ...repeat(2, { category: 'shared_lives', notEligibleReason: 'closed' }),
    ]
    const { collection } = released(app, services, repeat(15, ['under_quarter', 'quarter_to_half']).flat())
    const results = await resultsFrom(app, collection.id, '?breakdown=service_type')
    const labels = ['All responses', 'Nursing home', 'Supported living']
    expect(figure(results, 'summary_under_quarter').cells.map((cell) => cell.label)).toEqual(labels)
    expect(results.responseRates.map((cell) => cell.label)).toEqual(labels)
    expect(results.responseRates[2]!.suppressed).toBe(true)
  })

  test('make no correction, and say so, where more answered than the frame holds', async () => {
    const app = testApp()
    const { collection } = released(
      app,
      Array.from({ length: 24 }, (_, place) => (place < 4 ? { notEligibleReason: 'closed' } : {})),
      sixOfTwentyTwo,
    )
    const results = await resultsFrom(app, collection.id)
    expect(figure(results, 'summary_under_quarter').cells[0]).toMatchObject({
      base: 22,
      population: 20,
      low: 13.2,
      high: 48.2,
    })
    const text = resultsToText(results, { notice: null, cascade: false })
    expect(text).toMatch(/All responses +27 +13 to 48 \* +6 +22 /)
    expect(text).toContain('* More answered than the frame holds')
  })

  test('never count test responses, partial ones or withdrawn ones', async () => {
    const app = testApp()
    const { collection, invitations } = openPersonalCollection(app, { services: 60 })
    const more = (place: number) => ({ answers: answersTo('under_quarter'), invitation: invitations[place]! })
    addResponses(app, collection.id, [
      ...sixOfTwentyTwo.map((summary, place) => ({ answers: answersTo(summary), invitation: invitations[place]! })),
      { ...more(22), source: 'test' },
      { ...more(23), status: 'partial' },
      { ...more(24), status: 'withdrawn', answers: {} },
    ])
    releaseResults(app, collection.id)
    const results = await resultsFrom(app, collection.id)
    expect(figure(results, 'summary_under_quarter').cells[0]).toMatchObject({ base: 22, count: 6 })
    expect(results.responseRates[0]).toMatchObject({ dispositions: { I: 22, P: 1, R: 1, U: 36 } })
  })
})

describe('a cascade', () => {
  const person = (place: number) => ({
    grade: place % 2 ? 'frontline_staff' : 'operational_manager',
    sector: 'acute_hospital',
    treat_fairly: 4,
    fair_costs: place % 4 ? 3 : 2,
    fair_say: 'dont_know',
    open_honest: (place % 5) + 1,
    keep_promises: (place % 5) + 1,
    own_mistakes: (place % 5) + 1,
  })

  test('has participation, scales with their spread, no population and no rate', async () => {
    const app = testApp()
    const { collection } = openCascadeCollection(app)
    addResponses(
      app,
      collection.id,
      Array.from({ length: 40 }, (_, place) => ({ answers: person(place) })),
    )
    releaseResults(app, collection.id)
    const results = await resultsFrom(app, collection.id, '?breakdown=grade')
    const none = { RR1: null, RR2: null, RR3: null, RR4: null, RR5: null, RR6: null }
    expect(results.responseRates[0]).toEqual({
      cell: {},
      label: 'All responses',
      suppressed: false,
      invited: null,
      dispositions: { I: 40 },
      ...none,
    })
    expect(results.responseRates[1]).toMatchObject({ cell: { grade: 'operational_manager' }, dispositions: { I: 20 } })
    const scale = (id: string) => results.scales.find((candidate) => candidate.id === id)!
    // Scores of 1 to 5, eight each: mean 3, variance 80/39, t(39) 2.0227: 3 ± 0.458.
    expect(scale('integrity')).toMatchObject({
      label: 'Integrity',
      alpha: 1,
      cells: [{ base: 40, mean: 3, low: 2.5, high: 3.5, distribution: [8, 8, 8, 8, 8] }, {}, {}],
    })
    // Two of three items answered: 3.5 thirty times and 3 ten times; nobody answered all three.
    expect(scale('fairness')).toMatchObject({
      alpha: null,
      cells: [{ base: 40, mean: 3.4, distribution: [0, 0, 10, 30, 0] }, {}, {}],
    })
    expect(figure(results, 'treat_fairly_agree').cells[0]).toMatchObject({
      base: 40,
      count: 40,
      percent: 100,
      population: null,
      low: 91.2,
      high: 100,
    })
    expect(figure(results, 'listen_agree').cells[0]).toEqual({ cell: {}, label: 'All responses', suppressed: true })

    const text = resultsToText(results, { notice: 'Synthetic data.', cascade: true })
    expect(text).toMatch(/^Synthetic data\.\n/)
    expect(text).toMatch(/Integrity \(alpha 1\)\n.*\n +All responses +3\.0 +2\.5 to 3\.5 +40 +8 +8 +8 +8 +8\n/)
    expect(text).toContain('the intervals are illustrative')
    const csv = resultsToCsv(results, null).split('\r\n')
    expect(csv.find((line) => line.includes(',scale,integrity,'))).toMatch(
      /,All responses,false,40,,,2\.5,3\.5,,,,,,,3,1,8,8,8,8,8,/,
    )
    expect(csv.find((line) => line.includes(',response_rate,'))).toMatch(/,All responses,false,(,)+40,(,)*$/)
  })

  test.each([
    [9, null],
    [10, 1],
  ])('with %d who answered every item has an alpha of %s', async (complete, alpha) => {
    const app = testApp()
    const { collection } = openCascadeCollection(app)
    const answers = (place: number) => ({
      open_honest: (place % 5) + 1,
      keep_promises: (place % 5) + 1,
      ...(place < complete ? { own_mistakes: (place % 5) + 1 } : {}),
    })
    addResponses(
      app,
      collection.id,
      Array.from({ length: 40 }, (_, place) => ({ answers: answers(place) })),
    )
    releaseResults(app, collection.id)
    const scale = (await resultsFrom(app, collection.id)).scales.find(({ id }) => id === 'integrity')!
    expect([scale.alpha, scale.cells[0]]).toMatchObject([alpha, { suppressed: false, base: 40 }])
  })
})

describe('a reviewer of some systems', () => {
  test('sees their systems, the regions these lie in and the whole, of the same cells as everybody', async () => {
    const app = testApp()
    const names = { trafford: 'North West', stockport: 'North West', york: 'Yorkshire and the Humber' }
    for (const [code, region] of Object.entries(names))
      createSystem(app, { code, name: code[0]!.toUpperCase() + code.slice(1), region })
    const { collection } = released(
      app,
      90,
      repeat(45, ['under_quarter', 'quarter_to_half', 'quarter_to_half', 'under_quarter']).flat().slice(0, 90),
      { systems: Object.keys(names) },
    )
    const reviewer = signIn(app, 'reviewer', { systems: ['trafford'], email: 'trafford@example.org' })
    const cells = async (query: string, who = reviewer) =>
      figure(await resultsFrom(app, collection.id, query, who), 'summary_under_quarter').cells.map(({ cell }) => cell)
    expect(await cells('?breakdown=system')).toEqual([{}, { system: 'trafford' }])
    expect(await cells('?breakdown=region')).toEqual([{}, { region: 'north_west' }])
    for (const cell of (await cells('?cross=true')).slice(1)) expect(cell).toMatchObject({ system: 'trafford' })
    expect(await cells('?breakdown=service_type')).toHaveLength(4)
    expect(await cells('?breakdown=system', signIn(app, 'analyst'))).toEqual([
      {},
      { system: 'stockport' },
      { system: 'trafford' },
      { system: 'york' },
    ])
  })

  test('sees nothing of a collection without any of them: its whole is the figure of the others', async () => {
    const app = testApp()
    createSystem(app, { code: 'york', name: 'York', region: 'Yorkshire and the Humber' })
    const { collection } = released(app, 60, sixOfTwentyTwo)
    const reviewer = signIn(app, 'reviewer', { systems: ['york'], email: 'york@example.org' })
    for (const query of ['', '?breakdown=service_type', '?format=csv'])
      await reviewer.get(`/api/collections/${collection.id}/results${query}`).expect(403)
  })
})

describe('GET /api/collections/:id/results', () => {
  test('as csv has a row for each figure and cell, and takes no label for a formula', async () => {
    const app = testApp()
    createSystem(app, { code: 'york', name: '=cmd()', region: 'North West' })
    const { collection } = released(app, 60, sixOfTwentyTwo, { name: '@Review, "first"', systems: ['york'] })
    app.db.$client.prepare('update collections set notice = ?').run('Synthetic data: made for demonstration.')
    const response = await signIn(app, 'analyst')
      .get(`/api/collections/${collection.id}/results?breakdown=system&format=csv`)
      .expect(200)
    expect(response.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'x-notice': 'Synthetic data: made for demonstration.',
    })
    const lines = response.text.split('\r\n')
    expect(lines[0]).toMatch(
      /^collection,snapshot,kind,figure,label,system,cell,suppressed,base,count,percent,low,high,population,.*,notice$/,
    )
    expect(lines[1]).toMatch(
      /^"'@Review, ""first""",\w+,indicator,summary_under_quarter,Receive [^,]+,,All responses,false,22,6,27.3,15.2,43.9,60,0,0,0,0,.*,Synthetic data: made for demonstration\.$/,
    )
    expect(lines[2]).toContain(",york,'=cmd(),false,22,6,")
    expect(lines).toHaveLength(1 + 2 * 38 + 2 + 1)
  })

  test('refuses what the plan does not name', async () => {
    const app = testApp()
    const { collection } = released(app, 60, sixOfTwentyTwo)
    const get = (query: string) =>
      signIn(app, 'reviewer').get(`/api/collections/${collection.id}/results?${query}`).expect(400)
    expect((await get('breakdown=postcode')).body).toMatchObject({
      error: { code: 'unknown_breakdown', details: ['region', 'system', 'service_type', 'setting'] },
    })
    expect((await get('breakdown=system&cross=true')).body).toMatchObject({ error: { code: 'breakdown_or_cross' } })
    for (const query of ['format=xml', 'cross=maybe', 'systems=york', 'breakdown=a&breakdown=b'])
      expect((await get(query)).body).toMatchObject({ error: { code: 'invalid_request' } })
  })

  test('shows nobody anything before the release, not even admins', async () => {
    const app = testApp()
    const { collection, invitations } = openPersonalCollection(app, { services: 60 })
    addResponses(
      app,
      collection.id,
      sixOfTwentyTwo.map((summary, place) => ({ answers: answersTo(summary), invitation: invitations[place]! })),
    )
    const admin = signIn(app, 'admin')
    await admin.post(`/api/collections/${collection.id}/snapshots`).expect(201)
    const response = await admin.get(`/api/collections/${collection.id}/results`).expect(409)
    expect(response.body).toMatchObject({ error: { code: 'not_released' } })
  })

  test('is described in openapi.json', async () => {
    const { body } = (await testApp().request.get('/api/openapi.json').expect(200)) as {
      body: {
        paths: Record<
          string,
          {
            get: {
              parameters: { name: string }[]
              responses: Record<string, { content: Record<string, { schema: { required: string[] } }> }>
            }
          }
        >
      }
    }
    const described = body.paths['/api/collections/{id}/results']!.get
    expect(described.parameters.map(({ name }) => name)).toEqual(['id', 'breakdown', 'cross', 'format'])
    expect(described.responses['200']!.content['application/json']!.schema.required).toEqual([
      'collection',
      'snapshot',
      'breakdown',
      'indicators',
      'scales',
      'responseRates',
    ])
  })

  test('answers 401 signed out and 404 for no collection', async () => {
    const app = testApp()
    await app.request.get('/api/collections/none/results').expect(401)
    await signIn(app, 'reviewer').get('/api/collections/none/results').expect(404)
  })
})

describe('an imported collection', () => {
  const folders: string[] = []
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

  async function cli(dataDir: string, ...args: string[]) {
    const { stdout } = await promisify(execFile)(process.execPath, ['server/cli.ts', ...args], {
      env: { DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    })
    return stdout
  }

  test('has its interval on the command line and in the API alike', async () => {
    const app = testApp()
    const { collection, invitations } = openPersonalCollection(app, { services: 60 })
    const folder = mkdtempSync(join(tmpdir(), 'footbridge-'))
    folders.push(folder)
    await app.db.$client.backup(join(folder, 'footbridge.sqlite'))
    const rows = sixOfTwentyTwo.map(
      (summary, place) => `trafford,${invitations[place]!.service.locationId},yes,${summary}`,
    )
    writeFileSync(
      join(folder, 'returns.csv'),
      ['system,location_id,older_people_discharged,summary_received', ...rows].join('\n'),
    )
    await cli(folder, 'responses', 'import', 'Review', join(folder, 'returns.csv'))
    await cli(folder, 'collection', 'close', 'Review')
    await cli(folder, 'snapshot', 'take', 'Review')
    await cli(folder, 'snapshot', 'release', 'Review')

    const db = openDatabase(join(folder, 'footbridge.sqlite'))
    const api = signIn({ ...app, db, context: { ...app.context, db } }, 'admin')
    const results = resultsSchema.parse(
      JSON.parse(await cli(folder, 'results', 'Review', '--breakdown', 'setting', '--format', 'json')),
    )
    expect(figure(results, 'summary_under_quarter').cells[0]).toMatchObject({
      base: 22,
      count: 6,
      percent: 27.3,
      low: 15.2,
      high: 43.9,
      population: 60,
    })
    const address = `/api/collections/${collection.id}/results?breakdown=setting`
    expect((await api.get(address)).body).toEqual(results)
    const text = await cli(folder, 'results', 'Review', '--cross')
    expect(text).toMatch(/All responses +27 +15 to 44 +6 +22 /)
    expect(text).toContain('The intervals assume')
    db.$client.close()
  }, 120_000)
})
