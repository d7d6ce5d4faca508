import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openCascadeCollection } from '../factories.ts'
import { invite } from './invited.ts'
import { choose, heading, pressContinue, surveyRoot, waitForQuestions } from './questionnaire.ts'
import { browser, site } from './running-site.ts'
import { questionsOf, storedOf } from './stored.ts'
import { openVisitor } from './visitor.ts'

/** Holds back what SurveyJS needs until it is let go, as a slow connection does. */
async function holdBack(page: Page): Promise<() => void> {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route('**/questionnaire', async (route) => {
    await held
    await route.continue()
  })
  return () => letGo()
}

/** Controls that a person cannot see or press, whatever an accessibility checker says: by what is drawn, and where a press lands. */
const unusableControls = (page: Page) =>
  page.evaluate(() => {
    const controls = [
      ...document.querySelectorAll<HTMLInputElement>(
        '#respond input:not([type=hidden]), #respond textarea, #respond select',
      ),
    ]
    const describe = (control: Element) => control.id || control.outerHTML
    return controls
      .filter((control) => {
        const choice = control.type === 'radio' || control.type === 'checkbox'
        control.scrollIntoView({ block: 'center' })
        const box = control.getBoundingClientRect()
        if (box.width < 24 || box.height < 24) return true
        if (!choice) return getComputedStyle(control).borderTopWidth === '0px'
        const label = document.querySelector<HTMLLabelElement>(`label[for="${control.id}"]`)
        if (!label) return true
        // The circle or the square is drawn before the label, over the transparent control.
        const drawn = getComputedStyle(label, '::before')
        const visible =
          drawn.content !== 'none' &&
          parseFloat(drawn.borderTopWidth) >= 1 &&
          parseFloat(drawn.width) >= 20 &&
          drawn.borderTopColor !== 'rgba(0, 0, 0, 0)'
        const words = label.getBoundingClientRect()
        const hit = document.elementFromPoint(words.left + words.width / 2, words.top + words.height / 2)
        return !visible || words.height < 24 || !(hit === label || hit === control)
      })
      .map(describe)
  })

test('SurveyJS takes over from the form and draws the same questions in the same markup', async () => {
  const { link } = invite(site)
  const plain = await openVisitor(browser, { javaScript: false })
  const taken = await openVisitor(browser)
  for (const visitor of [plain, taken]) {
    await visitor.page.goto(`${link}/pages/your_service`)
    await waitForQuestions(visitor)
  }
  expect(await surveyRoot(plain.page).count()).toBe(0)
  expect(await surveyRoot(taken.page).count()).toBe(1)
  expect(await taken.page.locator('#respond form[action]').count()).toBe(0)
  const markup = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('#respond .govuk-form-group, #respond h1, #respond .govuk-caption-l')].map(
        (element) => {
          const copy = element.cloneNode(true) as Element
          copy.normalize()
          // What an attribute is written before says nothing.
          const attributes = (node: Element) =>
            [...node.attributes]
              .filter(({ name }) => name !== 'checked' && name !== 'tabindex')
              .map(({ name, value }) => `${name}=${value}`)
              .sort()
              .join(' ')
          const words = (node: Element): unknown => [
            node.tagName,
            attributes(node),
            ...[...node.childNodes]
              .map((child) => (child instanceof Element ? words(child) : (child.textContent?.trim() ?? '')))
              .filter((part) => part !== ''),
          ]
          return words(copy)
        },
      ),
    )
  for (const { name } of questionsOf(site.app, 'discharge-information-flow').pages) {
    for (const visitor of [plain, taken]) {
      await visitor.page.goto(`${link}/pages/${name}`)
      await waitForQuestions(visitor)
    }
    expect(await markup(taken.page), name).toEqual(await markup(plain.page))
  }
  await plain.leave()
  await taken.leave()
})

test.each([{ width: 1280 }, { width: 320 }])(
  'every control of both question sets can be seen and pressed, $width pixels wide',
  async ({ width }) => {
    const { link } = invite(site)
    const { links } = openCascadeCollection(site.app)
    const sets = [
      { start: link, questions: questionsOf(site.app, 'discharge-information-flow') },
      { start: `${site.address}/c/${links[0]!.token}`, questions: questionsOf(site.app, 'relational-audit') },
    ]
    for (const javaScript of [true, false]) {
      const visitor = await openVisitor(browser, { javaScript, width })
      for (const { start, questions } of sets) {
        for (const { name } of questions.pages) {
          await visitor.page.goto(`${start}/pages/${name}`)
          await waitForQuestions(visitor)
          expect(await visitor.page.locator('#respond input, #respond textarea').count()).toBeGreaterThan(0)
          expect(await unusableControls(visitor.page), name).toEqual([])
        }
      }
      await visitor.leave()
    }
  },
)

test('what was typed and chosen while SurveyJS was loading stays, with the focus and the caret', async () => {
  const { id, link } = invite(site)
  const visitor = await openVisitor(browser)
  const { page } = visitor
  const letGo = await holdBack(page)
  await page.goto(`${link}/pages/people_from_hospital`)
  await choose(page, 'discharge_count', 'five_to_nine')
  await choose(page, 'hospital_kinds', 'community')
  await choose(page, 'hospital_kinds', 'general')
  await page.locator('#hospital_names').pressSequentially('Trafford General')
  await page.keyboard.press('Home')
  expect(await surveyRoot(page).count()).toBe(0)
  letGo()
  await surveyRoot(page).waitFor()

  expect(await page.evaluate(() => document.activeElement?.id)).toBe('hospital_names')
  await page.keyboard.type('The ')
  expect(await page.locator('#hospital_names').inputValue()).toBe('The Trafford General')
  await pressContinue(page)
  await heading(page, 'Discharge summaries').waitFor()
  expect(storedOf(site.app, id)).toEqual({
    discharge_count: 'five_to_nine',
    hospital_kinds: ['general', 'community'],
    hospital_names: 'The Trafford General',
  })
  await visitor.leave()
})

test('an answer that was taken back while SurveyJS was loading stays taken back', async () => {
  const { id, link } = invite(site)
  const visitor = await openVisitor(browser)
  const { page } = visitor
  await page.goto(`${link}/pages/people_from_hospital`)
  await waitForQuestions(visitor)
  await choose(page, 'hospital_kinds', 'general')
  await page.locator('#hospital_names').fill('Wythenshawe')
  await page.getByText('Saved at').waitFor()
  const letGo = await holdBack(page)
  await page.reload()
  await choose(page, 'hospital_kinds', 'general')
  await page.locator('#hospital_names').fill('')
  await choose(page, 'discharge_count', 'dont_know')
  letGo()
  await surveyRoot(page).waitFor()
  await page.getByText('Saved at').waitFor()
  expect(storedOf(site.app, id)).toEqual({ discharge_count: 'dont_know' })
  await visitor.leave()
})

test('where SurveyJS cannot load, the form goes on working', async () => {
  const { id, link } = invite(site)
  const visitor = await openVisitor(browser)
  const { page } = visitor
  await page.route('**/questionnaire', (route) => route.fulfill({ status: 404, body: '' }))
  const refused = page.waitForResponse(/\/questionnaire$/)
  await page.goto(`${link}/pages/your_service`)
  expect((await refused).status()).toBe(404)
  await choose(page, 'service_type', 'nursing_home')
  await pressContinue(page)
  await heading(page, 'People who came from hospital').waitFor()
  expect(await surveyRoot(page).count()).toBe(0)
  expect(storedOf(site.app, id)).toEqual({ service_type: 'nursing_home' })
  await visitor.leave()
})

test('the security policy refuses scripts and styles that stand in the page', async () => {
  const { link } = invite(site)
  const { page, context } = await openVisitor(browser)
  const answer = await page.goto(`${link}/pages/your_service`)
  const policy = answer?.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("style-src 'self'")
  expect(policy).not.toContain('unsafe')
  await context.close()
})
