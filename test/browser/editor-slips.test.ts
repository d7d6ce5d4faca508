import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { loadDraft, startDraft, updateDraft } from '../../server/question-sets/queries/drafts.ts'
import { publishDraft } from '../../server/question-sets/queries/publish-draft.ts'
import type { AnalysisPlan, PageElement, QuestionSet } from '../../surveys/question-set.ts'
import { browser, site } from './running-site.ts'
import { openConsole } from './staff.ts'

const who = { actor: 'admin@example.org', now: new Date('2026-06-01T09:30:00Z') }

const signInAdmin = () => openConsole(browser, site)

/** A draft of pages of these questions. */
function writeDraft(slug: string, pages: PageElement[][], plan: Partial<AnalysisPlan> = {}) {
  const { db } = site.app
  const draft = startDraft(db, { slug, newSet: { title: 'As it was', mode: 'personal' }, ...who })
  const questions = {
    ...draft.questions,
    pages: pages.map((elements, at) => ({ name: `page_${at + 1}`, title: `Page ${at + 1}`, elements })),
  }
  return updateDraft(db, { slug, revision: draft.revision, questions, plan: { ...draft.plan, ...plan }, ...who })
}

const stored = (slug: string) => loadDraft(site.app.db, slug) as unknown as QuestionSet
const elementOf = (slug: string, page: number) => stored(slug).questions.pages[page]!.elements[0]!
const isSaved = (page: Page) => page.getByText(/^Saved /).waitFor()
const edit = (page: Page, slug: string, at: string) =>
  page.goto(`${site.address}/console/question-sets/${slug}/draft/edit?at=${at}`)

const gate: PageElement = {
  type: 'radiogroup',
  name: 'gate',
  title: 'Did anyone come?',
  choices: [
    { value: 'yes', text: 'Yes' },
    { value: 'choice_1', text: '1' },
  ],
}
const after: PageElement = {
  type: 'comment',
  name: 'after',
  title: 'How was it?',
  maxLength: 100,
  visibleIf: "{gate} = 'yes'",
}
const howMany: PageElement = {
  type: 'text',
  inputType: 'number',
  name: 'how_many',
  title: 'How many?',
  min: -10,
  max: 5000,
}

test('a condition that is begun leaves the one that was there in force, and takes any whole number', async () => {
  writeDraft('conditions', [[gate, howMany], [after]])
  const { page, leave } = await signInAdmin()
  await edit(page, 'conditions', 'questions.pages.1.elements.0')
  await page.getByRole('button', { name: 'Add another' }).click()
  await page.getByText('A condition without its answer does not count yet.').waitFor()
  await page.getByLabel('Help text (optional)').fill('In a few words.')
  await isSaved(page)
  expect(elementOf('conditions', 1)).toMatchObject({ description: 'In a few words.', visibleIf: "{gate} = 'yes'" })

  await page.getByLabel('Condition 2: the question').selectOption({ label: 'How many?' })
  await page.getByLabel('Condition 2: the comparison').selectOption({ label: 'is at least' })
  const number = page.getByLabel('Condition 2: the number')
  await number.pressSequentially('-5')
  expect(await number.inputValue()).toBe('-5')
  await number.fill('')
  await number.pressSequentially('1000')
  expect(await number.inputValue()).toBe('1000')
  await isSaved(page)
  expect(elementOf('conditions', 1)).toMatchObject({ visibleIf: "{gate} = 'yes' and {how_many} >= 1000" })

  await page.getByRole('button', { name: 'Remove condition 2' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.id.endsWith('.visibleIf'))
  await leave()
})

test('what is undone while it is being saved is saved as it was before', async () => {
  writeDraft('undone', [[gate]])
  const { page, leave } = await signInAdmin()
  await edit(page, 'undone', 'questions')
  let arrived = () => {}
  const isStored = new Promise<void>((resolve) => (arrived = resolve))
  let answer = () => {}
  const mayAnswer = new Promise<void>((resolve) => (answer = resolve))
  await page.route('**/draft', async (route) => {
    if (route.request().method() !== 'PUT') return route.continue()
    const response = await route.fetch()
    arrived()
    await mayAnswer
    await route.fulfill({ response })
  })
  await page.getByLabel('Title of the questionnaire').fill('A slip')
  await isStored
  expect(stored('undone').questions.title).toBe('A slip')
  await page.getByRole('button', { name: /^Undo: / }).click()
  answer()
  await expect.poll(() => stored('undone').questions.title).toBe('As it was')
  await isSaved(page)
  await page.unrouteAll({ behavior: 'wait' })
  await leave()
})

test('a code of a scale that is typed again is a number again, and a published code stays as its text is mended', async () => {
  const { db } = site.app
  const scale: PageElement = {
    type: 'matrix',
    name: 'agree',
    title: 'How far do you agree?',
    columns: [1, 2, 3, 4, 5].map((value) => ({ value, text: `Answer ${value}` })),
    rows: [{ value: 'known', text: 'We know each other' }],
  }
  writeDraft('codes', [[gate], [scale]], {
    cross: ['region', 'system'],
    counted: ['gate', 'agree'],
  })
  const { page, leave } = await signInAdmin()
  await edit(page, 'codes', 'questions.pages.1.elements.0')
  const code = page.getByLabel('Code of answer 5')
  for (const typed of ['', '5']) {
    await code.fill(typed)
    await code.blur()
  }
  await isSaved(page)
  expect(elementOf('codes', 1)).toEqual(scale)

  publishDraft(db, { slug: 'codes', revision: loadDraft(db, 'codes').revision, statements: [], ...who })
  startDraft(db, { slug: 'codes', ...who })
  await edit(page, 'codes', 'questions.pages.0.elements.0')
  const text = page.getByLabel('Text of choice 2')
  await text.fill('One')
  await text.blur()
  await isSaved(page)
  expect(elementOf('codes', 0)).toMatchObject({ choices: [{ value: 'yes' }, { value: 'choice_1', text: 'One' }] })
  await leave()
})

test('an answer that was deleted is shown where a group names it, to be taken out there', async () => {
  writeDraft('groups', [[gate]], {
    breakdowns: [
      { id: 'gate', label: 'Gate', from: 'variable', variable: 'gate' },
      {
        id: 'kind',
        label: 'Kind',
        from: 'derived',
        of: 'gate',
        groups: [{ code: 'any', label: 'Any', codes: ['yes', 'gone'] }],
      },
    ],
  })
  const { page, leave } = await signInAdmin()
  await edit(page, 'groups', 'plan')
  await page.getByLabel('Not there any more (gone)').click()
  await page.waitForFunction(() => document.activeElement?.id === 'plan.breakdowns.1.groups.0')
  await isSaved(page)
  await expect.poll(() => stored('groups').plan.breakdowns[1]!.groups![0]!.codes).toEqual(['yes'])
  await leave()
})

test('long names fit a window of 320 pixels', async () => {
  const id = 'rarely_or_never_told_before_the_person_arrives_at_the_service'
  writeDraft('narrow', [[gate]], { indicators: [{ id, label: 'Rarely told', variable: 'gate', counts: ['yes'] }] })
  const { page, leave } = await signInAdmin()
  await page.setViewportSize({ width: 320, height: 900 })
  await edit(page, 'narrow', 'plan')
  await page.getByText(id).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  await leave()
})

test('an indicator says which counted answer is gone, and a condition that its question is behind it, and both let go of it', async () => {
  writeDraft('gone', [[after], [gate]], {
    indicators: [{ id: 'share', label: 'Share', variable: 'gate', counts: ['yes', 'maybe'] }],
  })
  const { page, leave } = await signInAdmin()
  await edit(page, 'gone', 'plan')
  await page.getByLabel('Not there any more (maybe)').click()
  await page.waitForFunction(() => document.activeElement?.id === 'plan.indicators.0.counts')
  await expect.poll(() => stored('gone').plan.indicators[0]!.counts).toEqual(['yes'])
  await edit(page, 'gone', 'questions.pages.0.elements.0')
  const question = page.getByLabel('Condition 1: the question')
  expect(await question.locator('option:checked').innerText()).toBe('Not on an earlier page any more: Did anyone come?')
  expect(await page.getByLabel('Condition 1: the number').count()).toBe(0)
  await page.getByRole('button', { name: 'Remove condition 1' }).click()
  await expect.poll(() => elementOf('gone', 0).visibleIf).toBeUndefined()
  await leave()
})

test('a code that is typed last is saved, however quickly a link is followed', async () => {
  writeDraft('quick', [[gate]])
  const { page, leave } = await signInAdmin()
  await edit(page, 'quick', 'questions.pages.0.elements.0')
  await page.getByLabel('Code of choice 1').fill('ja')
  await page.getByRole('link', { name: /^The draft: / }).click()
  await page.waitForURL('**/quick/draft')
  expect(elementOf('quick', 0)).toMatchObject({ choices: [{ value: 'ja' }, { value: 'choice_1' }] })
  await leave()
})
