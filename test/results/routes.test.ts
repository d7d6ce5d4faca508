import { describe, expect, test } from 'vitest'
import { testApp } from '../app.ts'
import { addResponses, createSystem, openPersonalCollection, signIn } from '../factories.ts'
import { answersTo, figure, released, repeat, resultsFrom, sixOfTwentyTwo } from './released.ts'
import { changeCollections } from '../stored/collections.ts'

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
    changeCollections(app.db, { notice: 'Synthetic data: made for demonstration.' })
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
