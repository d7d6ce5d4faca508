import { describe, expect, test } from 'vitest'
import { openCascadeCollection } from '../factories.ts'
import { bothWays, invite, isChosen, openPage } from './invited.ts'
import { choose, heading, pressContinue, startAnswering, waitForQuestions } from './questionnaire.ts'
import { browser, site } from './running-site.ts'
import { countThroughLink, storedAt, storedOf } from './stored.ts'
import { openVisitor } from './visitor.ts'

test('answers are saved as the person goes, and are there on another device', async () => {
  const { id, link } = invite(site)
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
  const { id, link } = invite(site)
  const visitor = await openVisitor(browser)
  await openPage(visitor, `${link}/pages/in_your_own_words`)
  await visitor.page.locator('#works_well').fill('The ward telephones us')
  await visitor.page.goto('about:blank')
  await expect.poll(() => storedOf(site.app, id)).toEqual({ works_well: 'The ward telephones us' })
  await visitor.leave()
})

test('without a connection the page says that nothing is saved, and saves when it is back', async () => {
  const { id, link } = invite(site)
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

describe.each(bothWays)('$way', ({ javaScript }) => {
  test('a respondent withdraws, after the question was asked, and the link shows the neutral page', async () => {
    const { id, link } = invite(site)
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
    const { id, link } = invite(site)
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
    const { id, link } = invite(site)
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
    const { id, link } = invite(site)
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
    const personal = (await page.locator('.govuk-inset-text a.app-address').getAttribute('href')) ?? ''
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
  expect(countThroughLink(site.app, links[0]!.link.id)).toBe(1)
  await visitor.leave()
})
