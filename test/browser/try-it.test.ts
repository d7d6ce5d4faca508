import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { getDraft, startDraft, updateDraft } from '../../server/question-sets/queries/drafts.ts'
import { dump } from '../responses/form.ts'
import { expectAccessible } from './accessible.ts'
import { press, tick } from './keyboard.ts'
import { browser, site } from './running-site.ts'
import { openConsole } from './staff.ts'
import { openVisitor } from './visitor.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })

/** Answers the first page of the audit's preview and goes to its end, with the keyboard alone. */
async function goThrough(page: Page): Promise<void> {
  await heading(page, 'About you').waitFor()
  await tick(page, 'Senior executive')
  for (const next of ['Openness', 'Fairness', 'Trust', 'Your partners', 'In your own words']) {
    await press(page, 'Continue')
    await heading(page, next).waitFor()
    if (next !== 'Fairness') continue
    await tick(page, 'Strongly disagree')
  }
}

test('an admin tries a version and a draft out with the keyboard, keeps the answers, reads what they do, and deletes them', async () => {
  const { db, time } = site.app
  const { page, leave } = await openConsole(browser, site)
  await page.goto(`${site.address}/console/question-sets/relational-audit/1`)
  await press(page, 'Preview it as a respondent sees it')
  await heading(page, 'About you').waitFor()
  await expectAccessible(page, 'preview of a version')
  await goThrough(page)
  await expectAccessible(page, 'the end of a preview')
  await press(page, 'Keep this as a test response')
  await page.getByText('The answers are kept as a test response.').waitFor()
  await page.getByRole('row', { name: 'We treat each other fairly' }).getByText('Strongly disagree').waitFor()
  await page.getByRole('table', { name: 'Scales' }).getByText('Not in the scale').first().waitFor()
  await expectAccessible(page, 'test responses')

  const who = { actor: 'admin@example.org', now: time.now }
  const draft = startDraft(db, { slug: 'relational-audit', ...who })
  const { slug, questions, plan } = draft
  const broken = { ...plan, leadIndicator: 'nowhere' }
  const { revision } = updateDraft(db, { slug, revision: draft.revision, questions, plan: broken, ...who })
  await page.goto(`${site.address}/console/question-sets/relational-audit/draft`)
  await press(page, 'Preview the draft as a respondent sees it')
  await page.getByText('The draft cannot be shown yet').waitFor()
  await expectAccessible(page, 'preview of a draft with something missing')
  await press(page, 'Go to the draft')
  await page.waitForURL('**/relational-audit/draft')
  updateDraft(db, { slug, revision, questions, plan, ...who })
  await page.goto(`${site.address}/console/question-sets/relational-audit/draft/preview`)
  await goThrough(page)
  await press(page, 'Keep this as a test response')
  await page.getByRole('link', { name: 'the draft' }).waitFor()
  expect(await page.getByRole('heading', { level: 2 }).count()).toBeGreaterThanOrEqual(2)

  await press(page, /^Delete the test response/)
  await page.getByText('The test response is deleted.').waitFor()
  await press(page, /^Delete the test response/)
  await page.getByText('There are no test responses.').waitFor()
  await expectAccessible(page, 'no test responses')
  expect(getDraft(db, 'relational-audit')).toBeDefined()
  await leave()
})

test('answers that a respondent could not submit are not kept, and the page says why', async () => {
  const { page, leave } = await openConsole(browser, site)
  await page.goto(`${site.address}/console/question-sets/discharge-information-flow/1/preview`)
  while ((await button(page, 'Keep this as a test response').count()) === 0) await button(page, 'Continue').click()
  await button(page, 'Keep this as a test response').click()
  await page.getByRole('alert').getByText('Answer at least one question').waitFor()
  await expectAccessible(page, 'a test response that is refused')
  await leave()
})

test('a reviewer previews a version, and is offered neither to keep answers nor to pass it on', async () => {
  const { page, leave } = await openConsole(browser, site, 'reviewer')
  await page.goto(`${site.address}/console/question-sets/relational-audit/1/preview`)
  await goThrough(page)
  await page.getByText('Here the respondent checks the answers and submits.').waitFor()
  expect(await button(page, 'Keep this as a test response').count()).toBe(0)
  expect(await page.getByLabel('Preview link').count()).toBe(0)
  await leave()
})

test('whoever has the preview link goes through the questions without a script, and nothing is kept', async () => {
  const admin = await openConsole(browser, site)
  await admin.page.goto(`${site.address}/console/question-sets/relational-audit/1/preview`)
  const link = await admin.page.getByLabel('Preview link').inputValue()
  await press(admin.page, 'Copy the preview link')
  await admin.page.getByText(/^Copied\.|^The link is selected/).waitFor()
  await admin.leave()

  const before = dump(site.app)
  const { page, context, leave } = await openVisitor(browser, { javaScript: false, inspected: true })
  const loaded = (name: string) => Promise.all([page.waitForEvent('load'), press(page, name)])
  await page.goto(link)
  await expectAccessible(page, 'shared preview, start')
  await loaded('Start')
  await expectAccessible(page, 'shared preview, first page')
  await tick(page, 'Senior executive')
  const role = await page.locator('label[for="grade"]').innerText()
  await loaded('Continue')
  await heading(page, 'Openness').waitFor()
  await expectAccessible(page, 'shared preview, second page')
  await loaded('Back')
  expect(await page.locator('#grade').isChecked()).toBe(true)
  while ((await heading(page, 'Check your answers').count()) === 0) await loaded('Continue')
  await page.getByText(role, { exact: true }).waitFor()
  await expectAccessible(page, 'shared preview, check page')
  await loaded('Change What is your role?')
  await page.locator('#grade-2').check()
  await loaded('Continue')
  await loaded('Submit')
  await page.getByRole('alert').getByText('Select that you have finished').waitFor()
  await expectAccessible(page, 'shared preview, not said to be finished')
  await tick(page, 'I have finished answering')
  await loaded('Submit')
  await heading(page, 'This is the end of the preview').waitFor()
  await page.getByText('Preview: nothing you enter is kept.').waitFor()
  await expectAccessible(page, 'shared preview, end')
  expect(await context.cookies()).toEqual([])
  expect(dump(site.app)).toBe(before)
  await leave()
})
