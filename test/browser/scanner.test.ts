import { describe, expect, test } from 'vitest'
import { queueInvitations } from '../../server/invitations/queries/queue-mailing.ts'
import { addressesOfLink } from '../../server/links/cascade-addresses.ts'
import { unsubscribeAddress } from '../../server/message-templates/rules/message-fields.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { openCascadeCollection, openPersonalCollection } from '../factories.ts'
import { dump, fillPage, locationOf } from '../responses/form.ts'
import { bothWays } from './invited.ts'
import { browser, site } from './running-site.ts'
import { scan } from './scanner.ts'
import { openVisitor } from './visitor.ts'

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

/** The links in the messages to a service, once somebody has come so far with them. */
async function link(arrive: (base: string) => unknown): Promise<{ addresses: string[] }> {
  const { app, address } = site
  const { collection, invitations } = openPersonalCollection(app, { services: 1 })
  queueInvitations(app.db, collection, { actor: 'admin@example.org', now: app.time.now })
  await sendDueMessages(app.context)
  const { token, invitation } = invitations[0]!
  await arrive(`/r/${token}`)
  return { addresses: [`${address}/r/${token}`, unsubscribeAddress(address, app.context.tokenKey, invitation)] }
}

describe.each(bothWays)('a mail scanner, $way', ({ javaScript }) => {
  // Most of the pages have no scripts: one standing is enough for them. All at once: a scanner mostly waits.
  test('moves nothing through a link, however far somebody has come with it', async () => {
    const arrived = await Promise.all(
      (javaScript ? standings : standings.slice(1, 2)).map(async ([name, arrive]) => ({
        name,
        ...(await link(arrive)),
      })),
    )
    const before = dump(site.app)
    const scans = await Promise.all(
      arrived.map(async ({ name, addresses }) => {
        const visitor = await openVisitor(browser, { javaScript })
        const { opened, presses } = await scan(visitor, addresses)
        await visitor.leave()
        return { name, looked: opened.length > 4 && presses > 0 }
      }),
    )
    expect(scans).toEqual(arrived.map(({ name }) => ({ name, looked: true })))
    expect(dump(site.app)).toBe(before)
  })

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
  })
})
