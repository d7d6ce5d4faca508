import supertest from 'supertest'
import { expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { testApp } from '../app.ts'

it.each(['/privacy', '/r/unknown', '/sign-in', '/console', '/api/account', '/nowhere'])(
  'every answer lets scripts and styles come from our own files alone, and no page frame it: %s',
  async (address) => {
    const { headers } = await testApp().request.get(address)
    const policy = (headers['content-security-policy'] ?? '').split(';')
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'self'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]),
    )
    expect(policy.join()).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-powered-by']).toBeUndefined()
  },
)

it.each(['/r/unknown', '/c/unknown', '/sign-in', '/console', '/api/account'])(
  'what belongs to one person is kept by no browser and no proxy: %s',
  async (address) => {
    expect((await testApp().request.get(address)).headers['cache-control']).toBe('no-store')
  },
)

it('asks for HTTPS for ever where the service has it, and not where it has none', async () => {
  const { request, context } = testApp()
  expect((await request.get('/privacy')).headers['strict-transport-security']).toBeUndefined()
  const config = { ...context.config, publicUrl: 'https://surveys.example.org' }
  const { headers } = await supertest(createApp({ ...context, config })).get('/privacy')
  expect(headers['strict-transport-security']).toContain('max-age=')
  expect(headers['content-security-policy']).toContain('upgrade-insecure-requests')
})
