import { expect, it, vi } from 'vitest'
import { testApp } from '../app.ts'
import { openPersonalCollection } from '../factories.ts'
import { submittedResponses } from '../stored/responses.ts'

const answers = {
  service_type: 'nursing_home',
  should_change: 'A telephone call before the person leaves. '.repeat(40),
}

it('says that a submission was not saved when the disk is full, stores nothing of it, and takes it again later', async () => {
  const app = testApp()
  const { invitations } = openPersonalCollection(app, { services: 60 })
  const pages = app.db.$client.pragma('page_count', { simple: true }) as number
  app.db.$client.pragma(`max_page_count = ${pages}`)
  const logged = vi.mocked(console.error).mockImplementation(() => undefined)

  const statuses: number[] = []
  for (const { token } of invitations) {
    const answer = await app.request.post(`/r/${token}/submit`).send({ answers })
    statuses.push(answer.status)
    if (answer.status !== 503) continue
    expect(answer.headers['retry-after']).toBe('60')
    expect((answer.body as { error: { code: string } }).error.code).toBe('not_saved')
  }
  expect(new Set(statuses)).toEqual(new Set([200, 503]))
  expect(submittedResponses(app.db)).toHaveLength(statuses.filter((status) => status === 200).length)
  expect(logged).toHaveBeenCalled()
  logged.mockClear()

  app.db.$client.pragma('max_page_count = 1000000')
  const last = invitations.at(-1)!
  await app.request.post(`/r/${last.token}/submit`).send({ answers }).expect(200)
})
