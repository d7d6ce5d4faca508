import { expect, it, vi } from 'vitest'
import { testApp } from '../app.ts'
import { signIn } from '../factories.ts'

it('logs a defect and tells nobody what it was: in JSON to the API, on a page to others', async () => {
  const app = testApp()
  const admin = signIn(app, 'admin')
  const logged = vi.mocked(console.error).mockImplementation(() => undefined)
  app.db.$client.close()

  const answer = await admin.get('/api/systems')
  expect([answer.status, answer.body]).toEqual([
    500,
    { error: { code: 'unexpected', message: 'Something went wrong. Try again later.' } },
  ])
  const page = await app.request.get('/r/some-link').set('Accept', 'text/html')
  expect(page.status).toBe(500)
  expect(page.text).toContain('Sorry, there is a problem with the service')
  expect(page.text).not.toContain('database')
  expect(logged).toHaveBeenCalledTimes(2)
  expect(String(logged.mock.calls[0])).toContain('The database connection is not open')
  logged.mockClear()
})

it.each([
  ['is not JSON', '{"systems":', 400, 'malformed_json'],
  ['is too large', JSON.stringify({ systems: ['x'.repeat(1_100_000)] }), 413, 'too_large'],
  ['breaks the contract', '{"systems":"all"}', 400, 'invalid_request'],
])('refuses a body that %s, in JSON', async (_words, body, status, code) => {
  const admin = signIn(testApp(), 'admin')
  const answer = await admin.post('/api/systems').type('json').send(body)
  expect([answer.status, answer.body]).toMatchObject([status, { error: { code } }])
})

it('answers an address that leads nowhere in JSON under /api, and with a page elsewhere', async () => {
  const app = testApp()
  const answer = await app.request.get('/api/weather')
  expect([answer.status, answer.body]).toEqual([404, { error: { code: 'not_found', message: 'Page not found' } }])
  const page = await app.request.get('/weather').set('Accept', 'text/html')
  expect(page.status).toBe(404)
  expect(page.text).toContain('<h1 class="govuk-heading-l">Page not found</h1>')
})
