import supertest from 'supertest'
import { expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { testApp } from '../app.ts'
import { openPersonalCollection } from '../factories.ts'
import { storedResponses } from '../stored/responses.ts'

/** Closes the collection after a request has found it open and before it stores anything, as another process may. */
function start() {
  const app = testApp()
  const { collection, invitations } = openPersonalCollection(app)
  let looks = 0
  const clock = () => {
    looks += 1
    if (looks === 2) closeCollection(app.db, collection.id, { actor: 'command line', now: app.time.now })
    return app.time.now
  }
  return { app, base: `/r/${invitations[0]!.token}`, request: supertest(createApp({ ...app.context, clock })) }
}

it('stores nothing that arrives while the collection is being closed', async () => {
  const submitted = start()
  expect(
    (
      await submitted.request
        .post(`${submitted.base}/submit`)
        .send({ answers: { service_type: 'other' } })
        .expect(409)
    ).body,
  ).toMatchObject({ error: { code: 'closed' } })
  expect(storedResponses(submitted.app.db)).toEqual([])

  const saved = start()
  await saved.request
    .patch(`${saved.base}/answers`)
    .send({ revision: 0, answers: { service_type: 'other' } })
    .expect(409)
  expect(storedResponses(saved.app.db)).toEqual([])

  const typed = start()
  const page = await typed.request
    .post(`${typed.base}/pages/your_service`)
    .type('form')
    .send({ service_type: 'other' })
    .expect(409)
  expect(page.text).toContain('This survey is closed')
  expect(storedResponses(typed.app.db)).toEqual([])
})

it('withdraws nothing while the collection is being closed', async () => {
  const { app, base, request } = start()
  await app.request
    .post(`${base}/submit`)
    .send({ answers: { service_type: 'other' } })
    .expect(200)
  await request.post(`${base}/withdraw`).type('form').send({ decision: 'yes' }).expect(409)
  expect(storedResponses(app.db)).toMatchObject([{ status: 'complete', data: { service_type: 'other' } }])
})
