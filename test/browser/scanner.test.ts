import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queueInvitations } from '../../server/distribution/queries/queue-mailing.ts'
import { addressesOfLink } from '../../server/distribution/rules/cascade-addresses.ts'
import { unsubscribeAddress } from '../../server/distribution/rules/message-fields.ts'
import { sendDueMessages } from '../../server/distribution/worker.ts'
import { openCascadeCollection, openPersonalCollection } from '../factories.ts'
import { dump, fillPage, locationOf } from '../responses/form.ts'
import { launchChromium } from './chromium.ts'
import { bothWays } from './invited.ts'
import { scan } from './scanner.ts'
import { startSite, type Site } from './site.ts'
import { openVisitor } from './visitor.ts'

let browser: Browser
let site: Site
beforeAll(async () => {
  browser = await launchChromium()
  site = await startSite()
})
afterAll(async () => {
  await browser.close()
  await site.stop()
})

const choose = (base: string, choice: string) => fillPage(site.app, `${base}/decline`, { choice })
const answer = (base: string) => fillPage(site.app, `${base}/pages/your_service`, { service_type: 'other' })

/** How far somebody has come with a personal link when a scanner finds it in another message. */
const standings: [name: string, arrive: (base: string) => unknown][] = [
  ['nothing was done with', () => undefined],
  ['answers were begun with', answer],
  ['the person declined with, having begun', async (base) => [await answer(base), await choose(base, 'decline')]],
  ['said that the service ended', (base) => choose(base, 'not_eligible')],
  ['said that nobody was discharged', (base) => choose(base, 'no_discharges')],
  [
    'was passed on',
    (base) => fillPage(site.app, `${base}/pass-on`, { name: 'Sam Colleague', email: 'sam@example.org' }),
  ],
]

describe.each(bothWays)('a mail scanner, $way', ({ javaScript }) => {
  // Most of the pages have no scripts: one way is enough for them.
  test.each(javaScript ? standings : standings.slice(1, 2))(
    'moves nothing through a link that %s',
    async (_name, arrive) => {
      const { collection, invitations } = openPersonalCollection(site.app, { services: 1 })
      queueInvitations(site.app.db, collection, { actor: 'admin@example.org', now: site.app.time.now })
      await sendDueMessages(site.app.context)
      const { token, invitation } = invitations[0]!
      await arrive(`/r/${token}`)
      const stop = unsubscribeAddress(site.address, site.app.context.tokenKey, invitation)
      const before = dump(site.app)
      const visitor = await openVisitor(browser, { javaScript })
      const { opened, presses } = await scan(visitor, [`${site.address}/r/${token}`, stop])
      await visitor.leave()
      expect(opened.length).toBeGreaterThan(4)
      expect(presses).toBeGreaterThan(0)
      expect(dump(site.app)).toBe(before)
    },
    180_000,
  )

  test('moves nothing through shared links, posters, coordinators’ pages and the link of who began', async () => {
    const { links } = openCascadeCollection(site.app)
    const context = { publicUrl: site.address, tokenKey: site.app.context.tokenKey }
    const addresses = addressesOfLink(context, links[0]!.link)
    const next = await fillPage(site.app, `/c/${links[0]!.token}/pages/about_you`, { grade: 'senior_executive' })
    const own = `${site.address}${/^\/r\/[^/]+/.exec(locationOf(next))![0]}`
    const before = dump(site.app)
    const visitor = await openVisitor(browser, { javaScript })
    const { opened, presses } = await scan(visitor, [...Object.values(addresses), own])
    await visitor.leave()
    expect(opened).toContain(`${own}/check`)
    expect(presses).toBeGreaterThan(5)
    expect(dump(site.app)).toBe(before)
  }, 180_000)
})
