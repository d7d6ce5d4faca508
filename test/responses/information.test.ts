import { describe, expect, it } from 'vitest'
import { testApp } from '../app.ts'

describe('information pages', () => {
  it.each([
    ['/privacy', 'Privacy notice', 'confidential, but not anonymous'],
    ['/accessibility', 'Accessibility statement', 'have not been audited'],
    ['/cookies', 'Cookies', 'We set no cookies at all'],
  ])('%s is there for everyone, linked from every page, without a cookie', async (address, title, words) => {
    const app = testApp()
    const page = await app.request.get(address)
    expect(page.status).toBe(200)
    expect(page.text).toContain(`<title>${title} – Local system review surveys</title>`)
    expect(page.text).toContain(words)
    expect(page.headers['set-cookie']).toBeUndefined()
    expect((await app.request.get('/r/unknown')).text).toContain(`href="${address}"`)
  })
})
