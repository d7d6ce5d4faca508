import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCascadeCollection, openPersonalCollection } from '../factories.ts'
import { launchChromium } from './chromium.ts'
import { choose, heading, pressContinue, startAnswering, waitForQuestions } from './questionnaire.ts'
import { startSite, type Site } from './site.ts'
import { storedAt, storedOf } from './stored.ts'
import { openVisitor, type Visitor } from './visitor.ts'

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

const bothWays = [
  { way: 'with JavaScript', javaScript: true },
  { way: 'without JavaScript', javaScript: false },
]

function invite() {
  const { invitations } = openPersonalCollection(site.app, { services: 1 })
  const { invitation, token } = invitations[0]!
  return { id: invitation.id, link: `${site.address}/r/${token}` }
}

async function openPage(visitor: Visitor, address: string): Promise<void> {
  await visitor.page.goto(address)
  await waitForQuestions(visitor)
}

const isChosen = ({ page }: Visitor, name: string, code: string) =>
  page.locator(`input[name="${name}"][value="${code}"]`).isChecked()

test('answers are saved as the person goes, and are there on another device', async () => {
  const { id, link } = invite()
  const first = await openVisitor(browser)
  await startAnswering(first, link)
  await choose(first.page, 'service_type', 'domiciliary_care')
  await first.page.getByText('Saved at').waitFor()
  await first.leave()
  expect(storedOf(site.app, id)).toEqual({ service_type: 'domiciliary_care' })

  for (const { javaScript } of bothWays) {
    const other = await openVisitor(browser, { javaScript })
    await openPage(other, `${link}/pages/your_service`)
    expect(await isChosen(other, 'service_type', 'domiciliary_care')).toBe(true)
    await other.leave()
  }
})

test('what was typed a moment before the page is closed is saved all the same', async () => {
  const { id, link } = invite()
  const visitor = await openVisitor(browser)
  await openPage(visitor, `${link}/pages/in_your_own_words`)
  await visitor.page.locator('#works_well').fill('The ward telephones us')
  await visitor.page.goto('about:blank')
  await expect.poll(() => storedOf(site.app, id)).toEqual({ works_well: 'The ward telephones us' })
  await visitor.leave()
})

test('without a connection the page says that nothing is saved, and saves when it is back', async () => {
  const { id, link } = invite()
  const visitor = await openVisitor(browser)
  const { page } = visitor
  await openPage(visitor, `${link}/pages/into_hospital`)
  await page.route('**/answers', (route) => route.fulfill({ status: 503, body: '' }))
  await choose(page, 'sends_information', 'rarely')
  await page.getByText('Not connected: not saved yet').waitFor()
  await pressContinue(page)
  await page.getByText('What you typed is still on this page').waitFor()
  expect(await heading(page, 'When people go into hospital').count()).toBe(1)
  expect(storedOf(site.app, id)).toBeUndefined()
  await page.unroute('**/answers')
  await page.getByText('Saved at').waitFor()
  expect(storedOf(site.app, id)).toEqual({ sends_information: 'rarely' })
  await visitor.page.context().close()
})

describe('two open tabs', () => {
  async function changeInTwoTabs() {
    const { id, link } = invite()
    const first = await openVisitor(browser)
    const second = await openVisitor(browser, { context: first.context })
    for (const tab of [first, second]) await openPage(tab, `${link}/pages/your_service`)
    await choose(first.page, 'service_type', 'nursing_home')
    await first.page.getByText('Saved at').waitFor()
    await choose(second.page, 'service_type', 'shared_lives')
    const banner = second.page.getByRole('alert')
    await banner.getByText('Your answers were changed somewhere else').waitFor()
    expect(await banner.getByRole('listitem').textContent()).toBe(
      'What type of service do you answer for? Nursing home',
    )
    expect(await second.page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert')
    expect(storedOf(site.app, id)).toEqual({ service_type: 'nursing_home' })
    const leave = async () => {
      await second.leave()
      await first.leave()
    }
    return { id, second, leave }
  }

  test('with JavaScript, the answer just given can be kept', async () => {
    const { id, second, leave } = await changeInTwoTabs()
    await second.page.getByRole('button', { name: 'Use the answer I just gave' }).click()
    await expect.poll(() => storedOf(site.app, id)).toEqual({ service_type: 'shared_lives' })
    expect(await second.page.getByRole('alert').count()).toBe(0)
    expect(await isChosen(second, 'service_type', 'shared_lives')).toBe(true)
    await leave()
  })

  test('with JavaScript, the answer saved before can be kept', async () => {
    const { id, second, leave } = await changeInTwoTabs()
    await second.page.getByRole('button', { name: 'Keep the answer saved before' }).click()
    await expect.poll(() => isChosen(second, 'service_type', 'nursing_home')).toBe(true)
    await choose(second.page, 'older_people_discharged', 'no')
    await second.page.getByText('Saved at').waitFor()
    expect(storedOf(site.app, id)).toEqual({ service_type: 'nursing_home', older_people_discharged: 'no' })
    await leave()
  })

  test('with JavaScript, an answer from the other tab appears before this tab can overwrite it', async () => {
    const { id, link } = invite()
    const first = await openVisitor(browser)
    const second = await openVisitor(browser, { context: first.context })
    for (const tab of [first, second]) await openPage(tab, `${link}/pages/your_service`)
    await choose(first.page, 'service_type', 'nursing_home')
    await first.page.getByText('Saved at').waitFor()
    await choose(second.page, 'older_people_discharged', 'yes')
    await expect.poll(() => isChosen(second, 'service_type', 'nursing_home')).toBe(true)
    expect(storedOf(site.app, id)).toEqual({ service_type: 'nursing_home', older_people_discharged: 'yes' })
    await second.leave()
    await first.leave()
  })

  test.each([
    { choice: 'Use the answer I just gave', kept: 'shared_lives' },
    { choice: 'Keep the answer saved before', kept: 'nursing_home' },
  ])('without JavaScript, $choice', async ({ choice, kept }) => {
    const { id, link } = invite()
    const first = await openVisitor(browser, { javaScript: false })
    const second = await openVisitor(browser, { javaScript: false, context: first.context })
    for (const tab of [first, second]) await openPage(tab, `${link}/pages/your_service`)
    await choose(first.page, 'service_type', 'nursing_home')
    await pressContinue(first.page)
    await heading(first.page, 'People who came from hospital').waitFor()
    await choose(second.page, 'service_type', 'shared_lives')
    await choose(second.page, 'older_people_discharged', 'yes')
    await pressContinue(second.page)
    await heading(second.page, 'Your answers were changed somewhere else').waitFor()
    expect(storedOf(site.app, id)).toEqual({ service_type: 'nursing_home' })
    await second.page.getByLabel(choice).check()
    await pressContinue(second.page)
    await heading(second.page, 'People who came from hospital').waitFor()
    expect(storedOf(site.app, id)).toEqual({ service_type: kept, older_people_discharged: 'yes' })
    await second.leave()
    await first.leave()
  })
})

describe.each(bothWays)('$way', ({ javaScript }) => {
  test('submitting twice, from two tabs, shows the same receipt', async () => {
    const { link } = invite()
    const first = await openVisitor(browser, { javaScript })
    await openPage(first, `${link}/pages/into_hospital`)
    await choose(first.page, 'sends_information', 'always')
    await pressContinue(first.page)
    await heading(first.page, 'In your own words').waitFor()
    await pressContinue(first.page)
    await heading(first.page, 'Check your answers').waitFor()
    const second = await openVisitor(browser, { javaScript, context: first.context })
    await second.page.goto(`${link}/check`)
    const references = []
    for (const { page } of [first, second]) {
      await page.getByRole('button', { name: 'Submit' }).click()
      await heading(page, 'Answers submitted').waitFor()
      references.push(await page.locator('.govuk-panel__body strong').textContent())
    }
    expect(references[0]).toBe(references[1])
    await first.page.goBack()
    await first.page.goto(link)
    await heading(first.page, 'Answers submitted').waitFor()
    const counted = site.app.db.$client
      .prepare('select count(*) from responses where reference = ?')
      .pluck()
      .get(references[0])
    expect(counted).toBe(1)
    await second.leave()
    await first.leave()
  })

  test('a respondent withdraws, after the question was asked, and the link shows the neutral page', async () => {
    const { id, link } = invite()
    const visitor = await openVisitor(browser, { javaScript })
    const { page } = visitor
    await openPage(visitor, `${link}/pages/your_service`)
    await choose(page, 'service_type', 'other')
    await pressContinue(page)
    await heading(page, 'People who came from hospital').waitFor()
    await page.goto(link)
    await page.getByRole('link', { name: 'Withdraw and delete my answers' }).click()
    await pressContinue(page)
    expect(await page.title()).toMatch(/^Error: /)
    await page.getByLabel('Yes, delete my answers').check()
    await pressContinue(page)
    await heading(page, 'Your answers are deleted').waitFor()
    expect(storedOf(site.app, id)).toEqual({})
    await page.goto(link)
    await heading(page, 'This link does not work').waitFor()
    await visitor.leave()
  })

  test('an answer is changed from the check page, which comes back', async () => {
    const { id, link } = invite()
    const visitor = await openVisitor(browser, { javaScript })
    const { page } = visitor
    await openPage(visitor, `${link}/pages/into_hospital`)
    await choose(page, 'sends_information', 'always')
    await pressContinue(page)
    await heading(page, 'In your own words').waitFor()
    await pressContinue(page)
    await page.getByRole('link', { name: 'Change How often do you send information' }).click()
    await waitForQuestions(visitor)
    await choose(page, 'sends_information', 'never')
    await pressContinue(page)
    await heading(page, 'Check your answers').waitFor()
    expect(storedOf(site.app, id)).toEqual({ sends_information: 'never' })
    await visitor.leave()
  })

  test('back, forward and reload of the browser lose nothing', async () => {
    const { id, link } = invite()
    const visitor = await openVisitor(browser, { javaScript })
    const { page } = visitor
    await startAnswering(visitor, link)
    await choose(page, 'service_type', 'nursing_home')
    await pressContinue(page)
    await heading(page, 'People who came from hospital').waitFor()
    await choose(page, 'discharge_count', 'one_to_four')
    await pressContinue(page)
    await heading(page, 'Discharge summaries').waitFor()
    await page.goBack()
    await heading(page, 'People who came from hospital').waitFor()
    expect(await isChosen(visitor, 'discharge_count', 'one_to_four')).toBe(true)
    await page.goBack()
    await heading(page, 'Your service').waitFor()
    expect(await isChosen(visitor, 'service_type', 'nursing_home')).toBe(true)
    await page.goForward()
    await heading(page, 'People who came from hospital').waitFor()
    await page.reload()
    await waitForQuestions(visitor)
    expect(await isChosen(visitor, 'discharge_count', 'one_to_four')).toBe(true)
    await page.getByRole('link', { name: 'Back', exact: true }).click()
    await heading(page, 'Your service').waitFor()
    await page.getByRole('link', { name: 'Back', exact: true }).click()
    await heading(page, 'What you are told when older people leave hospital').waitFor()
    expect(storedOf(site.app, id)).toEqual({ service_type: 'nursing_home', discharge_count: 'one_to_four' })
    await visitor.leave()
  })

  test('text that is too long is refused in a summary that is focused and leads to the field', async () => {
    const { id, link } = invite()
    const visitor = await openVisitor(browser, { javaScript })
    const { page } = visitor
    const tooLong = 'x'.repeat(2001)
    const words = 'Your answer must be 2000 characters or fewer'
    await openPage(visitor, `${link}/pages/in_your_own_words`)
    await page.locator('#works_well').fill(tooLong)
    await page.locator('#should_change').fill('Telephone us')
    await pressContinue(page)
    const summary = page.locator('.govuk-error-summary')
    await summary.waitFor()
    expect(await page.title()).toMatch(/^Error: In your own words – /)
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('govuk-error-summary')
    expect(await page.locator('#works_well-error').textContent()).toBe(`Error: ${words}`)
    expect(await page.locator('#works_well').getAttribute('aria-describedby')).toContain('works_well-error')
    expect(await page.locator('#works_well').inputValue()).toBe(tooLong)
    expect(await page.locator('#should_change').inputValue()).toBe('Telephone us')
    await summary.getByRole('link', { name: words }).click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('works_well')
    await page.locator('#works_well').fill('Short')
    await pressContinue(page)
    await heading(page, 'Check your answers').waitFor()
    expect(storedOf(site.app, id)).toEqual({ works_well: 'Short', should_change: 'Telephone us' })
    await visitor.leave()
  })

  test('the first answer through a shared link brings a personal one, which leads back', async () => {
    const { links } = openCascadeCollection(site.app)
    const visitor = await openVisitor(browser, { javaScript })
    const { page } = visitor
    await startAnswering(visitor, `${site.address}/c/${links[0]!.token}`)
    await choose(page, 'grade', 'frontline_staff')
    await pressContinue(page)
    await heading(page, 'Openness').waitFor()
    await page.getByText('Keep this link to come back.').waitFor()
    const personal = (await page.locator('.govuk-inset-text a').getAttribute('href')) ?? ''
    expect(personal).toContain(`${site.address}/r/`)
    expect(page.url()).toContain(personal)
    expect(storedAt(site.app, personal)).toEqual({ grade: 'frontline_staff' })
    await visitor.leave()

    const later = await openVisitor(browser, { javaScript })
    await startAnswering(later, personal)
    await heading(later.page, 'Openness').waitFor()
    expect(await later.page.getByText('Your link to come back').count()).toBe(1)
    await openPage(later, `${personal}/pages/about_you`)
    expect(await isChosen(later, 'grade', 'frontline_staff')).toBe(true)
    await later.leave()
  })
})

test('with JavaScript, reloading after the first answer through a shared link makes no second response', async () => {
  const { links } = openCascadeCollection(site.app)
  const visitor = await openVisitor(browser)
  const { page } = visitor
  await openPage(visitor, `${site.address}/c/${links[0]!.token}/pages/about_you`)
  await choose(page, 'grade', 'operational_manager')
  await page.getByText('Keep this link to come back.').waitFor()
  expect(page.url()).toContain('/r/')
  await page.reload()
  await waitForQuestions(visitor)
  expect(await isChosen(visitor, 'grade', 'operational_manager')).toBe(true)
  expect(
    site.app.db.$client
      .prepare('select count(*) from responses where cascade_link_id = ?')
      .pluck()
      .get(links[0]!.link.id),
  ).toBe(1)
  await visitor.leave()
})
