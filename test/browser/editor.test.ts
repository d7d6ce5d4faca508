import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { discardDraft, loadDraft, startDraft, updateDraft } from '../../server/question-sets/queries/drafts.ts'
import { contentOfDraft } from '../../server/question-sets/queries/content-to-try.ts'
import { addTestResponse } from '../../server/question-sets/queries/test-responses.ts'
import { getPublishedVersion } from '../../server/question-sets/queries/versions.ts'
import { addElement, elementAt, replaceElement } from '../../surveys/editing/edit-question-set.ts'
import type { Questions, QuestionSet } from '../../surveys/question-set.ts'
import { questionKinds } from '../../surveys/editing/question-templates.ts'
import { readDraft } from '../../surveys/editing/read-draft.ts'
import { expectAccessible } from './accessible.ts'
import { arriveAt } from './keyboard.ts'
import { browser, site } from './running-site.ts'
import { openConsole } from './staff.ts'

const other = { actor: 'colleague@example.org', now: new Date('2026-06-01T09:30:00Z') }
const titleOf = (slug: string) => (loadDraft(site.app.db, slug).questions as unknown as Questions).title
const isSaved = (page: Page) => page.getByText(/^Saved /).waitFor()
const edit = (page: Page, slug: string, at = '') =>
  page.goto(`${site.address}/console/question-sets/${slug}/draft/edit${at && `?at=${at}`}`)

test.each(['discharge-information-flow', 'relational-audit'])(
  '%s is opened, changed, put back, taken out as it was, then changed, compared and published',
  async (slug) => {
    const { db } = site.app
    const { page, leave } = await openConsole(browser, site)
    const first = getPublishedVersion(db, slug)!
    await page.goto(`${site.address}/console/question-sets/${slug}/1`)
    await page.getByRole('button', { name: 'Change it in a draft' }).click()
    await page.getByRole('link', { name: 'Edit questions and analysis plan' }).click()
    await arriveAt(page, 'Edit the draft')
    await expectAccessible(page, `the editor of ${slug}`)
    await page.getByRole('link', { name: first.questions.pages[1]!.title }).click()
    await page.getByRole('link', { name: first.questions.pages[1]!.elements[0]!.title }).click()
    await page.getByLabel('Question', { exact: true }).fill('Something else entirely?')
    await page.getByRole('button', { name: 'Move down' }).click()
    await page.getByRole('button', { name: 'Duplicate the question' }).click()
    await page.getByRole('button', { name: 'Delete the question' }).click()
    await page.getByRole('button', { name: /^Add it/ }).click()
    await isSaved(page)
    expect(loadDraft(db, slug).questions).not.toEqual(first.questions)
    for (let steps = 0; steps < 5; steps += 1) await page.getByRole('button', { name: /^Undo: / }).click()
    expect(await page.getByRole('button', { name: 'Undo', exact: true }).getAttribute('aria-disabled')).toBe('true')
    await isSaved(page)

    await page.getByRole('link', { name: /^The draft: / }).click()
    await page.getByText('Nothing differs from version 1.').waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'download the draft as a file (JSON)' }).click(),
    ])
    const taken = JSON.parse(await readFile(await download.path(), 'utf8')) as QuestionSet
    expect({ questions: taken.questions, plan: taken.plan }).toEqual({ questions: first.questions, plan: first.plan })

    await page.getByRole('link', { name: 'Edit questions and analysis plan' }).click()
    await page.getByLabel('Title of the questionnaire').fill('Another title')
    // Straight on: what is not saved yet is saved on the way.
    await page.getByRole('link', { name: /^The draft: / }).click()
    await page.getByRole('table', { name: 'Wording' }).getByText('Another title').waitFor()
    await page.getByLabel(/^Wording: can results be compared/).fill('Yes: only the title changed.')
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByText('Version 2', { exact: true }).waitFor()
    const second = getPublishedVersion(db, slug)!
    expect(second.questions).toEqual({ ...first.questions, title: 'Another title' })
    expect(second.plan).toEqual(first.plan)
    await leave()
  },
)

test('two admins in one draft: nobody’s change is lost in silence', async () => {
  const { db } = site.app
  const slug = 'two-admins'
  const draft = startDraft(db, { slug, newSet: { title: 'Of two', mode: 'cascade' }, ...other })
  const { page, leave } = await openConsole(browser, site)
  await edit(page, slug)
  await page.getByLabel('Title of the questionnaire').waitFor()
  const theirs = (title: string, revision: number) =>
    updateDraft(db, { slug, revision, questions: { ...draft.questions, title }, plan: draft.plan, ...other })
  theirs('What they wrote', draft.revision)

  const title = page.getByLabel('Title of the questionnaire')
  await title.fill('What I wrote')
  await page.getByRole('alert').getByText('colleague@example.org').first().waitFor()
  expect(titleOf(slug)).toBe('What they wrote')
  await expectAccessible(page, 'the editor, changed elsewhere')
  await title.fill('What I wrote then')
  await page.getByRole('button', { name: 'Save what is on this page over theirs' }).click()
  await isSaved(page)
  expect(titleOf(slug)).toBe('What I wrote then')
  expect(loadDraft(db, slug).updatedBy).toBe('admin@example.org')

  theirs('What they wrote again', loadDraft(db, slug).revision)
  await title.fill('Mine once more')
  await page.getByRole('button', { name: 'Show what they saved, and lose what I changed since' }).click()
  await isSaved(page)
  expect(await title.inputValue()).toBe('What they wrote again')
  expect(titleOf(slug)).toBe('What they wrote again')

  discardDraft(db, { slug, revision: loadDraft(db, slug).revision, ...other })
  await title.fill('Too late')
  await page.getByRole('alert').getByText('There is no draft of this question set any more.').first().waitFor()
  await leave()
})

test('while the service cannot be reached, what is written stays on the page, and is saved once it can', async () => {
  const { db } = site.app
  const slug = 'bad-line'
  startDraft(db, { slug, newSet: { title: 'Bad line', mode: 'cascade' }, ...other })
  const { page, context } = await openConsole(browser, site)
  await edit(page, slug)
  const title = page.getByLabel('Title of the questionnaire')
  await title.waitFor()
  await context.setOffline(true)
  await title.fill('Written on a train')
  await page.getByText('Not saved: The service cannot be reached.').waitFor()
  await page.getByRole('link', { name: /^The draft: / }).click()
  await page.getByRole('button', { name: 'Leave the page without saving' }).waitFor()
  expect(await title.inputValue()).toBe('Written on a train')
  await context.setOffline(false)
  // It was on the way: once saved, it goes there by itself.
  await arriveAt(page, 'Written on a train')
  expect(titleOf(slug)).toBe('Written on a train')
  await page.close()
})

test('what is missing leads to its field, and a question of another tool’s type is named and left alone', async () => {
  const { db } = site.app
  const slug = 'with-gaps'
  const draft = startDraft(db, { slug, newSet: { title: 'With gaps', mode: 'cascade' }, ...other })
  const elements = [
    {
      type: 'radiogroup',
      name: 'first',
      title: 'First?',
      choices: [
        { value: 'a', text: 'A' },
        { value: 'a', text: '' },
      ],
    },
    { type: 'signaturepad', name: 'sign' },
  ]
  const questions = { ...draft.questions, pages: [{ name: 'page_1', title: 'One', elements }] }
  updateDraft(db, { slug, revision: draft.revision, questions, plan: draft.plan, ...other })
  const { page, leave } = await openConsole(browser, site)
  await page.goto(`${site.address}/console/question-sets/${slug}/draft`)
  await page.getByRole('link', { name: /choice 2 .*The text is empty/ }).click()
  await page.getByLabel('Text of choice 2').waitFor()
  await page.waitForFunction(() => document.activeElement?.id === 'questions.pages.0.elements.0.choices.1.text')
  await page.getByRole('link', { name: 'sign: no text yet' }).click()
  await page.getByText('This came from a file as ‘signaturepad’, which is none of our types.').waitFor()
  await expectAccessible(page, 'the editor, a question of another tool')
  await edit(page, slug, 'questions.pages.7')
  await page.getByRole('heading', { name: 'There is no such page or question any more' }).waitFor()
  await page.getByRole('link', { name: 'First?' }).click()
  await page.getByLabel('Text of choice 2').fill('B')
  await page.getByLabel('Code of choice 2').fill('b')
  await page.keyboard.press('Tab')
  await isSaved(page)
  expect((loadDraft(db, slug).questions as unknown as Questions).pages[0]!.elements).toMatchObject([
    { choices: [{ value: 'a' }, { value: 'b', text: 'B' }] },
    { type: 'signaturepad', name: 'sign' },
  ])
  await leave()
})

test('the plan shows at once what it makes of a test response', async () => {
  const { db } = site.app
  const slug = 'tried-out'
  const draft = startDraft(db, { slug, newSet: { title: 'Tried out', mode: 'cascade' }, ...other })
  const { set } = addElement(readDraft(draft), 'yes_no', { page: 0 })
  const asked = elementAt(set, { page: 0, element: 0 })!
  const written = replaceElement(set, { page: 0, element: 0 }, { ...asked, title: 'Were you told?' })
  const plan = { ...written.plan, indicators: [{ id: 'told', label: 'Told', variable: asked.name, counts: ['yes'] }] }
  updateDraft(db, { slug, revision: draft.revision, questions: { ...written.questions }, plan, ...other })
  addTestResponse(db, { content: contentOfDraft(loadDraft(db, slug)), answers: { [asked.name]: 'no' }, ...other })
  const { page, leave } = await openConsole(browser, site)
  await edit(page, slug, 'plan')
  const figures = page.getByRole('table', { name: 'Indicators' })
  await figures.getByRole('row', { name: 'Told In the base, does not count' }).waitFor()
  await page.getByLabel('No', { exact: true }).check()
  await figures.getByRole('row', { name: 'Told Counts' }).waitFor()
  await expectAccessible(page, 'the editor, the plan with a test response')
  await isSaved(page)
  await leave()
})

test('every kind of question, a page and a plan with groups are accessible and fit for a phone', async () => {
  const { db } = site.app
  const slug = 'of-every-kind'
  const draft = startDraft(db, { slug, newSet: { title: 'Of every kind', mode: 'personal' }, ...other })
  const set = questionKinds.reduce((before, { kind }) => addElement(before, kind, { page: 0 }).set, readDraft(draft))
  const groups = [{ code: 'all', label: 'All', codes: [] }]
  const breakdowns = [...set.plan.breakdowns, { id: 'groups', label: '', from: 'derived', of: 'question_10', groups }]
  const plan = { ...set.plan, breakdowns }
  updateDraft(db, { slug, revision: draft.revision, questions: { ...set.questions }, plan, ...other })
  const { page, leave } = await openConsole(browser, site)
  const parts = ['questions', 'questions.pages.0', 'plan']
  for (const at of [...questionKinds.map((_, index) => `questions.pages.0.elements.${index}`), ...parts]) {
    await edit(page, slug, at)
    await page.locator('#editor-part').waitFor()
    if (at !== 'plan') await page.frameLocator('iframe').getByRole('heading', { name: 'Page 1' }).waitFor()
    await expectAccessible(page, `the editor at ${at}`)
  }
  await leave()
})
