import { expect, test } from 'vitest'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import {
  addResponses,
  createCollection,
  createFrame,
  createSystem,
  openCascadeCollection,
  openPersonalCollection,
  releaseResults,
  signIn,
} from '../factories.ts'
import { editDraft, flow, publish, startDraft } from '../question-sets/drafts/draft-api.ts'
import { push } from '../question-sets/rules/edit-question-set.ts'
import { expectAccessible } from './accessible.ts'
import { browser, site } from './running-site.ts'
import { openConsole } from './staff.ts'
import { openVisitor, type Visitor } from './visitor.ts'

/** Opens a page of the console by its address, waits until it has drawn itself, and looks at it closely. */
async function visit({ page }: Visitor, path: string): Promise<void> {
  await page.goto(`${site.address}/console/${path}`)
  await page.locator('#console h1').waitFor()
  // A preview is drawn once SurveyJS is there.
  await page.getByText('Loading', { exact: true }).waitFor({ state: 'detached' })
  await expectAccessible(page, path)
}

const summaries = [...Array<string>(12).fill('under_quarter'), ...Array<string>(18).fill('over_three_quarters')]

function releasedResults() {
  const { collection, invitations } = openPersonalCollection(site.app, { name: 'Released review', services: 40 })
  addResponses(
    site.app,
    collection.id,
    summaries.map((summary, index) => ({
      answers: { older_people_discharged: 'yes', summary_received: summary, information_sufficient: 'rarely' },
      invitation: invitations[index]!,
    })),
  )
  releaseResults(site.app, collection.id)
  return collection
}

test('an admin signs in by a link, and finds every page of the collections accessible and fit for a phone', async () => {
  createSystem(site.app)
  const released = releasedResults()
  const draft = createCollection(site.app, { name: 'Draft review' })
  createFrame(site.app, draft.id, 5)
  const open = openPersonalCollection(site.app, { name: 'Open review', services: 5 }).collection
  const cascade = openCascadeCollection(site.app, { name: 'Open audit' }).collection
  const visitor = await openConsole(browser, site)
  await visitor.page.getByRole('link', { name: 'Open review' }).waitFor()
  await visit(visitor, 'collections')
  await visit(visitor, 'collections/new')
  for (const { id } of [draft, open, cascade, released]) await visit(visitor, `collections/${id}`)
  for (const path of [
    `collections/${draft.id}/frame`,
    `collections/${draft.id}/open`,
    `collections/${open.id}/invitations`,
    `collections/${open.id}/close`,
    `collections/${cascade.id}/links`,
    `collections/${released.id}/snapshots`,
  ])
    await visit(visitor, path)
  await visitor.leave()
})

test('an admin finds the other pages accessible and fit for a phone', async () => {
  const visitor = await openConsole(browser, site)
  for (const path of [
    'question-sets',
    'question-sets/discharge-information-flow/1',
    'question-sets/relational-audit/1',
    'question-sets/relational-audit/1/preview',
    'staff',
    'audit-log',
    'nowhere',
  ])
    await visit(visitor, path)
  await visitor.page.goto(`${site.address}/api/question-sets/discharge-information-flow/versions/1/paper`)
  await expectAccessible(visitor.page, 'paper form')
  await visitor.leave()
})

test('an admin takes a snapshot by the plan of a later version, and sees which snapshot is of which version', async () => {
  const { collection, invitations } = openPersonalCollection(site.app, { name: 'Counted twice', services: 30 })
  addResponses(
    site.app,
    collection.id,
    invitations.map((invitation, place) => ({
      answers: { older_people_discharged: 'yes', discharge_count: place % 2 ? 'one_to_four' : 'twenty_or_more' },
      invitation,
    })),
  )
  closeCollection(site.app.db, collection.id, { actor: 'admin@example.org', now: site.app.time.now })
  const visitor = await openConsole(browser, site)
  const { page } = visitor
  const snapshots = `collections/${collection.id}/snapshots`
  await visit(visitor, snapshots)
  expect(await page.getByLabel('Count by the analysis plan of').count()).toBe(0)

  const admin = signIn(site.app, 'admin')
  const many = { id: 'many', label: 'Many came', variable: 'discharge_count', counts: ['twenty_or_more'] }
  const draft = await editDraft(admin, await startDraft(admin, flow), push('plan/indicators', many))
  const { version } = await publish(admin, draft, 'One indicator more; the others stay comparable.')
  await visit(visitor, snapshots)
  await page.getByLabel('Count by the analysis plan of').selectOption(`version ${version}`)
  await page.getByText('One indicator more; the others stay comparable.').waitFor()
  await page.getByRole('button', { name: 'Take a snapshot' }).click()
  await page.getByText(`Snapshot taken of 30 complete responses by the plan of version ${version}.`).waitFor()
  await expectAccessible(page, snapshots)
  const row = page.getByRole('table', { name: 'Snapshots' }).getByRole('row').nth(1)
  expect((await row.getByRole('cell').allTextContents())[0]).toBe(String(version))
  page.once('dialog', (dialog) => void dialog.accept())
  await row.getByRole('button', { name: 'Release' }).click()
  await page.getByText('Released. Staff can read the results now.').waitFor()
  await visit(visitor, `results/${collection.id}`)
  expect(await page.getByText(`version ${version}`).count()).toBeGreaterThan(0)
  await page.getByRole('link', { name: 'Many came' }).waitFor()
  await visitor.leave()
})

test('a reviewer reads the results of a released snapshot: a headline share as a chart and a table, and each indicator by breakdown', async () => {
  const { id } = releasedResults()
  const visitor = await openConsole(browser, site, 'reviewer', { systems: ['trafford'] })
  const { page } = visitor
  await visit(visitor, 'results')
  await visit(visitor, `results/${id}`)
  const row = page
    .getByRole('table', { name: 'Headline shares' })
    .getByRole('row', { name: 'Receive discharge summaries less than a quarter of the time' })
  expect((await row.getByRole('cell').allTextContents()).slice(0, 4)).toEqual(['40%', '32% to 49%', '12', '30'])
  const chart = page.locator('#console svg')
  expect(await chart.count()).toBeGreaterThan(0)
  expect((await chart.first().boundingBox())?.width).toBeGreaterThan(100)
  await visit(visitor, `results/${id}/summary_under_quarter`)
  expect(await page.locator('#console table').count()).toBeGreaterThan(0)
  await visitor.leave()
})

test('a reviewer is told that results are hidden where too few have answered', async () => {
  const { collection, invitations } = openPersonalCollection(site.app, { name: 'Small review', services: 3 })
  addResponses(
    site.app,
    collection.id,
    invitations.slice(0, 2).map((invitation) => ({
      answers: { older_people_discharged: 'yes', summary_received: 'under_quarter' },
      invitation,
    })),
  )
  releaseResults(site.app, collection.id)
  const visitor = await openConsole(browser, site, 'reviewer', { systems: ['trafford'] })
  await visit(visitor, `results/${collection.id}`)
  const figures = await visitor.page.locator('#console td').allTextContents()
  expect(figures.length).toBeGreaterThan(30)
  expect(new Set(figures)).toEqual(new Set(['Hidden', '']))
  await visitor.leave()
})

test('signed out, the console leads to the sign-in page', async () => {
  const visitor = await openVisitor(browser)
  await visitor.page.goto(`${site.address}/console/collections`)
  expect(new URL(visitor.page.url()).pathname).toBe('/sign-in')
  await visitor.leave()
})
