import { describe, expect, test } from 'vitest'
import { bothWays, invite, isChosen, openPage } from './invited.ts'
import { choose, heading, pressContinue } from './questionnaire.ts'
import { browser, site } from './running-site.ts'
import { countWithReference, storedOf } from './stored.ts'
import { openVisitor } from './visitor.ts'

describe('two open tabs', () => {
  async function changeInTwoTabs() {
    const { id, link } = invite(site)
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
    const { id, link } = invite(site)
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
    const { id, link } = invite(site)
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
    const { link } = invite(site)
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
      await page.getByLabel('I have finished answering').check()
      await page.getByRole('button', { name: 'Submit' }).click()
      await heading(page, 'Answers submitted').waitFor()
      references.push(await page.locator('.govuk-panel__body strong').textContent())
    }
    expect(references[0]).toBe(references[1])
    await first.page.goBack()
    await first.page.goto(link)
    await heading(first.page, 'Answers submitted').waitFor()
    expect(countWithReference(site.app, references[0]!)).toBe(1)
    await second.leave()
    await first.leave()
  })
})
