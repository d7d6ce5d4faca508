// Headings and paragraphs between questions, as respondents read them both ways and admins in the console.
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { loadDraft } from '../../server/question-sets/queries/drafts.ts'
import { publishVersion } from '../../server/question-sets/queries/versions.ts'
import type { Questions } from '../../surveys/question-set.ts'
import { openPersonalCollection } from '../factories.ts'
import { planWith } from '../question-sets/plan-with.ts'
import { expectAccessible } from './accessible.ts'
import { openPage } from './invited.ts'
import { choose as chooseByKeyboard, press, typeHere, typeInto } from './keyboard.ts'
import { choose, heading, pressContinue } from './questionnaire.ts'
import { browser, site } from './running-site.ts'
import { openConsole } from './staff.ts'
import { storedOf } from './stored.ts'
import { openVisitor } from './visitor.ts'

const choices = ['yes', 'no'].map((value) => ({ value, text: value }))
const questions: Questions = {
  title: 'With text between',
  pages: [
    { name: 'welcome', title: 'Welcome', elements: [{ type: 'html', name: 'hello', html: 'Nothing to answer here.' }] },
    {
      name: 'about',
      title: 'About you',
      elements: [
        { type: 'html', name: 'first', title: 'Your work & you', html: 'One\nline.\n\nAnother “paragraph”.' },
        { type: 'radiogroup', name: 'asked', title: 'Any?', choices },
        { type: 'html', name: 'middle', title: 'Your views' },
        { type: 'comment', name: 'why', title: 'Why?', maxLength: 50 },
        { type: 'html', name: 'last', html: 'Nearly done.' },
      ],
    },
    {
      name: 'more',
      title: 'More',
      elements: [
        { type: 'html', name: 'for_yes', title: 'You said yes', visibleIf: "{asked} = 'yes'" },
        { type: 'html', name: 'for_no', title: 'You said no', visibleIf: "{asked} = 'no'" },
        { type: 'text', name: 'when', title: 'When?', inputType: 'date' },
      ],
    },
  ],
}
const plan = planWith('with-notes', { counted: ['asked'], narrative: ['why', 'when'] })
beforeAll(() => void publishVersion(site.app.db, { slug: plan.slug, questions, plan }, site.app.time.now))

/** What stands on the page from its title down to its button, in order: each with its element. */
const outline = (page: Page, within: string) =>
  page
    .locator(`${within} :is(h1, h2, h3, .app-note p, legend, label.govuk-label--m)`)
    .evaluateAll((found) => found.map((one) => `${one.tagName.toLowerCase()} ${one.textContent}`))

/** What a person sees of a note: where it lies on the page, and how it is set. */
const drawn = (page: Page) =>
  page.locator('.app-note > *').evaluateAll((parts) =>
    parts.map((part) => {
      const { fontSize, fontWeight, marginBottom } = getComputedStyle(part)
      const { width, height, left } = part.getBoundingClientRect()
      return { fontSize, fontWeight, marginBottom, width, height, left, tag: part.tagName }
    }),
  )

test('they stand between the questions, in the same words and order and drawn alike with JavaScript and without', async () => {
  const looks: unknown[] = []
  for (const javaScript of [true, false]) {
    const { invitations } = openPersonalCollection(site.app, { questionSet: plan.slug, services: 1 })
    const { invitation, token } = invitations[0]!
    const link = `${site.address}/r/${token}`
    const visitor = await openVisitor(browser, { javaScript, inspected: true })
    const { page } = visitor
    await openPage(visitor, `${link}/pages/welcome`)
    expect(await outline(page, '#respond')).toEqual(['h1 Welcome', 'p Nothing to answer here.'])
    await expectAccessible(page, 'text alone')
    await pressContinue(page)
    await heading(page, 'About you').waitFor()
    expect(await outline(page, '#respond')).toEqual([
      'h1 About you',
      'h2 Your work & you',
      'p One\nline.',
      'p Another “paragraph”.',
      'legend Any?',
      'h2 Your views',
      'label Why?',
      'p Nearly done.',
    ])
    await expectAccessible(page, 'text between questions')
    looks.push(await drawn(page))
    await choose(page, 'asked', 'no')
    await pressContinue(page)
    await heading(page, 'More').waitFor()
    expect(await outline(page, '#respond')).toEqual(['h1 More', 'h2 You said no', 'legend When?'])
    await pressContinue(page)
    await heading(page, 'Check your answers').waitFor()
    expect(await page.locator('dt.govuk-summary-list__key').allTextContents()).toEqual(['Any?', 'Why?', 'When?'])
    expect(await page.locator('main h2').allTextContents()).toEqual(['About you', 'More', 'Submit your answers'])
    expect(storedOf(site.app, invitation.id)).toEqual({ asked: 'no' })
    await visitor.leave()
  }
  expect(looks[1]).toEqual(looks[0])
  expect(looks[0]).toHaveLength(5)
})

test('the console shows them with the questions, and in the preview below the title of the page', async () => {
  const visitor = await openConsole(browser, site)
  const { page } = visitor
  await page.goto(`${site.address}/console/question-sets/${plan.slug}/1`)
  const note = page.locator('.app-question', { hasText: 'Your work & you' })
  await note.waitFor()
  expect(await note.locator('h4, p').allInnerTexts()).toEqual([
    'Your work & you',
    'One line.',
    'Another “paragraph”.',
    'Heading or paragraph, not answered · first',
  ])
  await expectAccessible(page, 'version')

  await page.goto(`${site.address}/console/question-sets/${plan.slug}/1/preview`)
  await page.getByText('Nothing to answer here.').waitFor()
  await pressContinue(page)
  await page.getByRole('heading', { level: 2, name: 'About you' }).waitFor()
  expect((await outline(page, '.app-preview')).slice(0, 3)).toEqual([
    'h2 About you',
    'h3 Your work & you',
    'p One\nline.',
  ])
  await expectAccessible(page, 'preview')
  await visitor.leave()
})

test('in the editor one is added with the keyboard, written, and seen in the preview', async () => {
  const visitor = await openConsole(browser, site)
  const { page } = visitor
  await page.goto(`${site.address}/console/question-sets/${plan.slug}/1`)
  await press(page, 'Change it in a draft')
  await page.waitForURL('**/draft')
  await page.goto(`${site.address}/console/question-sets/${plan.slug}/draft/edit?at=questions.pages.1.elements.1`)
  await page.getByRole('heading', { level: 2, name: 'Question 2 on page 2: Yes or no' }).waitFor()
  await chooseByKeyboard(page, 'Add a question after this one', 'Heading or paragraph')
  await press(page, 'Add it')
  await page.getByRole('heading', { level: 2, name: 'Text 3 on page 2: Heading or paragraph' }).waitFor()
  await typeHere(page, 'A new part')
  await typeInto(page, 'Paragraphs (optional)', 'Take your time.')
  const preview = page.frameLocator('iframe')
  await preview.getByRole('heading', { level: 2, name: 'A new part' }).waitFor()
  await preview.getByText('Take your time.').waitFor()
  await expectAccessible(page, 'the editor, a heading')
  const saved = () => (loadDraft(site.app.db, plan.slug).questions as unknown as Questions).pages[1]?.elements[2]
  const written = { type: 'html', name: 'text_1', title: 'A new part', html: 'Take your time.' }
  await expect.poll(saved).toEqual(written)
  await visitor.leave()
})
