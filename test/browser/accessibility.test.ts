import { describe, expect, test } from 'vitest'
import { createSystem, openCascadeCollection, openPersonalCollection } from '../factories.ts'
import { expectAccessible } from './accessible.ts'
import {
  answerPages,
  choose,
  chooseAnswers,
  heading,
  pressContinue,
  startAnswering,
  submit,
  waitForQuestions,
} from './questionnaire.ts'
import { browser, site } from './running-site.ts'
import { questionsOf, storedOf } from './stored.ts'
import { openVisitor } from './visitor.ts'

const longName =
  'St Bartholomew’s Residential and Nursing Home for Older People at Llanfairpwllgwyngyllgogerychwyrndrobwll'

function invite() {
  const { invitations } = openPersonalCollection(site.app, { services: [{ name: longName }] })
  const { invitation, token } = invitations[0]!
  return { id: invitation.id, link: `${site.address}/r/${token}` }
}

describe.each([
  { way: 'with JavaScript', javaScript: true },
  { way: 'without JavaScript', javaScript: false },
])('$way, accessible and without sideways scrolling at 320 pixels:', ({ javaScript }) => {
  test('every page of the discharge information flow, answered, with its check page and receipt', async () => {
    const { link } = invite()
    const questions = questionsOf(site.app, 'discharge-information-flow')
    const answers = chooseAnswers(questions, { older_people_discharged: 'yes', trusted_assessor_used: 'yes' })
    const visitor = await openVisitor(browser, { javaScript, inspected: true })
    const { page } = visitor
    await page.goto(link)
    await expectAccessible(page, 'introduction')
    await startAnswering(visitor, link)
    for (const [index, { name }] of questions.pages.entries()) {
      await expectAccessible(page, name)
      await answerPages(visitor, questions, answers, { from: index, to: index + 1 })
    }
    await expectAccessible(page, 'check page')
    await page.goto(link)
    await expectAccessible(page, 'introduction to come back')
    await page.goto(`${link}/check`)
    await submit(visitor)
    await expectAccessible(page, 'receipt')
    await visitor.leave()
  })

  test('every page of the relational audit, and the personal link', async () => {
    createSystem(site.app)
    const { links } = openCascadeCollection(site.app)
    const shared = `${site.address}/c/${links[0]!.token}`
    const visitor = await openVisitor(browser, { javaScript, inspected: true })
    const { page } = visitor
    await page.goto(shared)
    await expectAccessible(page, 'introduction')
    await startAnswering(visitor, shared)
    await choose(page, 'grade', 'other')
    await pressContinue(page)
    await page.getByText('Keep this link to come back.').waitFor()
    await expectAccessible(page, 'the personal link, new')
    const personal = page.url().replace(/\/pages.*/, '')
    for (const { name } of questionsOf(site.app, 'relational-audit').pages) {
      await page.goto(`${personal}/pages/${name}`)
      await waitForQuestions(visitor)
      await expectAccessible(page, name)
    }
    await visitor.leave()
  })

  test('all that a person can do instead of answering, and taking it back', async () => {
    const { link } = invite()
    const visitor = await openVisitor(browser, { javaScript, inspected: true, width: 320 })
    const { page } = visitor
    const send = () => Promise.all([page.waitForEvent('load'), pressContinue(page)])
    await page.goto(`${link}/later`)
    await expectAccessible(page, 'nothing to finish yet')
    await page.goto(`${link}/pass-on`)
    await send()
    await expectAccessible(page, 'passing on, nothing typed')
    await page.getByLabel('Their name').fill('Sam Colleague')
    await page.getByLabel('Their email address').fill('sam@example.org')
    await send()
    await expectAccessible(page, 'passed on')
    await page.goto(`${link}/undo`)
    await send()
    await expectAccessible(page, 'taking back, nothing chosen')
    await page.getByLabel('Yes, take it back').check()
    await send()
    for (const choice of ['We no longer provide this service', 'No people were discharged to us']) {
      await page.goto(`${link}/decline`)
      await page.getByLabel(choice).check()
      await send()
      await expectAccessible(page, choice)
      await page.goto(`${link}/undo`)
      await page.getByLabel('Yes, take it back').check()
      await send()
    }
    await page.goto(`${link}/pages/in_your_own_words`)
    await waitForQuestions(visitor)
    await page.locator('#works_well').fill('Calls')
    await pressContinue(page)
    await heading(page, 'Check your answers').waitFor()
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Submit' }).click()])
    await expectAccessible(page, 'not said to be finished')
    await page.goto(`${link}/later`)
    await send()
    await expectAccessible(page, 'a link to finish later, nothing typed')
    await page.getByLabel('Your email address').fill('me@example.org')
    await send()
    await expectAccessible(page, 'a link to finish later, on its way')
    await visitor.leave()
  })

  test('wrong input, a conflict, declining, withdrawing, and links that do not work', async () => {
    const { link } = invite()
    const visitor = await openVisitor(browser, { javaScript, inspected: true })
    const { page } = visitor
    await page.goto(`${link}/decline`)
    await expectAccessible(page, 'decline')
    await Promise.all([page.waitForEvent('load'), pressContinue(page)])
    await expectAccessible(page, 'decline, nothing chosen')
    await page.getByLabel('I do not want to take part').check()
    await Promise.all([page.waitForEvent('load'), pressContinue(page)])
    await expectAccessible(page, 'declined')
    await page.goto(`${link}/check`)
    await expectAccessible(page, 'check page without answers')

    await page.goto(`${link}/pages/in_your_own_words`)
    await waitForQuestions(visitor)
    await page.locator('#works_well').fill('x'.repeat(2001))
    await pressContinue(page)
    await page.locator('.govuk-error-summary').waitFor()
    await expectAccessible(page, 'text that is too long')

    const other = await openVisitor(browser, { javaScript, inspected: true, context: visitor.context })
    for (const tab of [visitor, other]) {
      await tab.page.goto(`${link}/pages/into_hospital`)
      await waitForQuestions(tab)
    }
    await choose(page, 'sends_information', 'never')
    await pressContinue(page)
    await heading(page, 'In your own words').waitFor()
    await choose(other.page, 'sends_information', 'always')
    await pressContinue(other.page)
    await other.page.getByText('Your answers were changed somewhere else').waitFor()
    await expectAccessible(other.page, 'conflict')
    await other.leave()

    await page.goto(`${link}/withdraw`)
    await expectAccessible(page, 'withdraw')
    await Promise.all([page.waitForEvent('load'), pressContinue(page)])
    await expectAccessible(page, 'withdraw, nothing chosen')
    await page.getByLabel('Yes, delete my answers').check()
    await Promise.all([page.waitForEvent('load'), pressContinue(page)])
    await expectAccessible(page, 'withdrawn')
    await page.goto(link)
    await expectAccessible(page, 'neutral page')
    await visitor.leave()
  })

  test('closed, not open yet, not found, and the information pages', async () => {
    const { app, address } = site
    const now = app.time.now
    const { link } = invite()
    const visitor = await openVisitor(browser, { javaScript, inspected: true })
    const { page } = visitor
    for (const path of ['/privacy', '/accessibility', '/cookies', '/nowhere', '/sign-in']) {
      await page.goto(`${address}${path}`)
      await expectAccessible(page, path)
    }
    try {
      app.time.now = new Date('2026-07-01T09:00:00Z')
      await page.goto(link)
      await heading(page, 'This survey is closed').waitFor()
      await expectAccessible(page, 'closed')
      app.time.now = new Date('2026-05-01T09:00:00Z')
      await page.goto(link)
      await heading(page, 'This survey is not open yet').waitFor()
      await expectAccessible(page, 'not open yet')
    } finally {
      app.time.now = now
    }
    await visitor.leave()
  })

  test('a question set is completed with the keyboard alone', async () => {
    const { id, link } = invite()
    const visitor = await openVisitor(browser, { javaScript, inspected: true })
    const { page } = visitor
    const focused = () =>
      page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent?.trim() || '')
    const tabTo = async (target: string) => {
      for (let presses = 0; presses < 60 && (await focused()) !== target; presses += 1) await page.keyboard.press('Tab')
      expect(await focused()).toBe(target)
    }
    const press = async (target: string, key: string) => {
      await tabTo(target)
      await page.keyboard.press(key)
    }
    await page.goto(link)
    await press('Start', 'Enter')
    await waitForQuestions(visitor)
    await tabTo('service_type')
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await tabTo('older_people_discharged')
    await page.keyboard.press('ArrowDown')
    await press('Continue', 'Enter')
    await heading(page, 'When people go into hospital').waitFor()
    await press('sends_information', 'Space')
    // Enter in a field sends the page.
    await page.keyboard.press('Enter')
    await heading(page, 'In your own words').waitFor()
    await tabTo('works_well')
    await page.keyboard.type('Calls')
    await page.keyboard.press('Enter')
    await page.keyboard.type('and letters')
    await press('Continue', 'Enter')
    await heading(page, 'Check your answers').waitFor()
    await page.getByLabel('I have finished answering').press('Space')
    await press('Submit', 'Enter')
    await heading(page, 'Answers submitted').waitFor()
    expect(storedOf(site.app, id)).toEqual({
      service_type: 'nursing_home',
      older_people_discharged: 'no',
      sends_information: 'always',
      works_well: 'Calls\nand letters',
    })
    await visitor.leave()
  })
})
