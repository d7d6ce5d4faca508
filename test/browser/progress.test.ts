import { expect, test } from 'vitest'
import { queueMessage, recordAttempt } from '../../server/outbox/queries/messages.ts'
import { addResponses, createSystem, openCascadeCollection, openPersonalCollection } from '../factories.ts'
import { expectAccessible } from './accessible.ts'
import { browser, site } from './running-site.ts'
import { openConsole } from './staff.ts'

const answers = { older_people_discharged: 'yes', summary_received: 'under_quarter' }

/** Twelve services in two systems, all sent a message; on each of three days two of Trafford's answer. */
function reviewUnderWay(name: string) {
  createSystem(site.app, { code: 'york', name: 'York', region: 'Yorkshire and the Humber' })
  const systems = ['trafford', 'york']
  const { collection, invitations } = openPersonalCollection(site.app, {
    name,
    services: 12,
    k: 4,
    systems,
  })
  for (const { invitation } of invitations) {
    const message = { kind: 'invitation' as const, recipient: 'a@example.org', collectionId: collection.id }
    const id = queueMessage(site.app.db, { ...message, invitationId: invitation.id }, { now: site.app.time.now })
    recordAttempt(site.app.db, id, { event: 'sent', detail: '250 OK', now: site.app.time.now })
  }
  const trafford = invitations.filter(({ system }) => system.code === 'trafford')
  for (const day of [0, 1, 2]) {
    addResponses(
      site.app,
      collection.id,
      trafford.slice(day * 2, day * 2 + 2).map((invitation) => ({ answers, invitation })),
    )
    site.app.time.now = new Date(site.app.time.now.getTime() + 24 * 3_600_000)
  }
  return { id: collection.id, invitations }
}

test('an admin follows a collection: systems to push, counts, a chart with its table, rates, and the counts as a file', async () => {
  const { id } = reviewUnderWay('Under way')
  const visitor = await openConsole(browser, site)
  const { page } = visitor
  await page.goto(`${site.address}/console/collections/${id}`)
  await page.getByRole('link', { name: 'Follow progress' }).click()
  await page.getByRole('heading', { name: 'Progress', level: 1 }).waitFor()
  await expectAccessible(page, 'progress')

  const rowOf = async (table: string, row: string) =>
    page.getByRole('table', { name: table }).getByRole('row', { name: row }).getByRole('cell').allTextContents()
  expect((await rowOf('Systems in need of a push', 'York')).slice(0, 2)).toEqual(['0', '6'])
  expect(await rowOf('Progress', 'Trafford')).toEqual(['6', '6', '0', '6', '6', '6', '0', '0'])
  expect(await rowOf('Day by day', '2 June 2026')).toEqual(['12', '4', '4', '0', '0'])
  expect((await rowOf('Response rates', 'All')).slice(0, 2)).toEqual(['50%', '12'])

  const lines = page.locator('.app-line-chart polyline')
  const boxes = await Promise.all([0, 1, 2].map((index) => lines.nth(index).boundingBox()))
  // At its highest the line of the complete is half as high as that of the handed over, and it has risen.
  expect(boxes.every((box) => box !== null && box.width > 100)).toBe(true)
  expect(boxes[2]!.y).toBeGreaterThan(boxes[0]!.y + 50)
  expect(boxes[2]!.height).toBeGreaterThan(40)
  await page.getByText('How each is defined').click()
  await expectAccessible(page, 'progress, with definitions')

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download the counts (CSV)' }).click()
  expect((await download).suggestedFilename()).toBe('progress-groups.csv')
  await visitor.leave()
})

test('the page brings itself up to date, until somebody stops it', async () => {
  const { id, invitations } = reviewUnderWay('Live')
  const york = invitations.filter(({ system }) => system.code === 'york')
  const { page, leave } = await openConsole(browser, site)
  await page.clock.install()
  await page.goto(`${site.address}/console/collections/${id}/progress`)
  const complete = page
    .getByRole('table', { name: 'Progress' })
    .getByRole('row', { name: 'York' })
    .getByRole('cell')
    .first()
  const answerOne = (index: number) => addResponses(site.app, id, [{ answers, invitation: york[index]! }])
  await complete.getByText('0', { exact: true }).waitFor()
  answerOne(0)
  await page.clock.fastForward(31_000)
  await complete.getByText('1', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Stop updating' }).click()
  await page.getByRole('button', { name: 'Keep up to date' }).waitFor()
  answerOne(1)
  const asked: string[] = []
  page.on('request', (request) => void asked.push(new URL(request.url()).pathname))
  await page.clock.fastForward(61_000)
  // What the page asked for before this is told before it.
  await page.evaluate(() => fetch('/healthz'))
  expect(asked).toEqual(['/healthz'])
  expect(await complete.textContent()).toBe('1')
  await leave()
})

test('an analyst finds an open collection beside the results, with small counts hidden', async () => {
  const { collection } = openCascadeCollection(site.app, { name: 'Audit under way' })
  addResponses(site.app, collection.id, [{ answers: { grade: 'other' } }])
  const visitor = await openConsole(browser, site, 'analyst')
  const { page } = visitor
  await page.goto(`${site.address}/console/results`)
  await page.getByRole('link', { name: 'Audit under way' }).click()
  await page.getByRole('heading', { name: 'Progress', level: 1 }).waitFor()
  await expectAccessible(page, 'progress of a cascade, hidden')
  expect(await page.getByRole('table', { name: 'Progress' }).getByRole('cell').allTextContents()).toEqual([
    'Hidden',
    '',
    'Hidden',
    '',
  ])
  await page.getByText('Hidden until enough have answered.').waitFor()
  await visitor.leave()
})
