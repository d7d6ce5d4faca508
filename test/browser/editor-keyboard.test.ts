import { expect, test } from 'vitest'
import { getPublishedVersion } from '../../server/question-sets/queries/versions.ts'
import { createSystem, submitResponse } from '../factories.ts'
import { expectAccessible } from './accessible.ts'
import { arriveAt, choose, pick, press, tick, typeDate, typeHere, typeInto } from './keyboard.ts'
import { browser, site } from './running-site.ts'
import { waitForQuestions } from './questionnaire.ts'
import { signInAddress } from './staff.ts'
import { openVisitor } from './visitor.ts'

test('with the keyboard alone a question set is made from nothing, published, fielded and answered, and its indicator read', async () => {
  const { db } = site.app
  createSystem(site.app)
  const { page, leave } = await openVisitor(browser)
  const saved = () => page.getByText(/^Saved /).waitFor()
  await page.goto(signInAddress(site))
  await press(page, 'Continue')
  await page.waitForURL('**/console/**')

  await press(page, 'Question sets')
  await press(page, 'Write a new question set')
  await press(page, 'Start the draft')
  await page.getByRole('alert').getByText('Enter a title').waitFor()
  await expectAccessible(page, 'a new question set, nothing entered')
  await typeInto(page, 'Title', 'Ward handover')
  await tick(page, 'By personal links')
  await page.keyboard.press('ArrowDown')
  await press(page, 'Start the draft')
  await page.getByRole('heading', { name: 'Page 1', level: 2 }).waitFor()

  await typeInto(page, 'Title of the page', 'Your work')
  await choose(page, 'Add a question last on this page', 'Yes or no')
  await press(page, 'Add it')
  await typeHere(page, 'Do you hand people over to other services?')
  await choose(page, 'Add a question after this one', 'About you')
  await press(page, 'Add it')
  await typeHere(page, 'What is your job?')
  await typeInto(page, 'Text of choice 1', 'Nurse')
  await typeInto(page, 'Text of choice 2', 'Social worker')
  await tick(page, 'Not applicable')
  await saved()
  await expectAccessible(page, 'the editor, an about you question')

  await press(page, 'Add a page after this one')
  await typeHere(page, 'Handing over')
  await choose(page, 'Add a question last on this page', 'Statements on a scale')
  await press(page, 'Add it')
  await typeHere(page, 'How far do you agree?')
  await typeInto(page, 'Text of statement 1', 'We are told in time')
  await press(page, 'Add a statement')
  await typeHere(page, 'We are told enough')
  await press(page, 'Add a condition')
  await choose(page, 'Condition 1: the question', 'Do you hand people over')
  await choose(page, 'Condition 1: the answer', 'Yes')
  await page.getByText('Ask when ‘Do you hand people over to other services?’ is ‘Yes’.').waitFor()
  await saved()
  await expectAccessible(page, 'the editor, statements with a condition')
  const preview = page.frameLocator('iframe')
  await preview.getByText('We are told enough').first().waitFor()

  await press(page, /^Analysis plan/)
  await press(page, 'Add an indicator')
  await typeHere(page, 'Hand people over')
  await tick(page, 'Yes')
  await tick(page, 'Show indicator 1 first, as a chart')
  await press(page, 'Add a scale')
  await typeHere(page, 'Told well')
  await tick(page, 'How far do you agree? – We are told in time')
  await tick(page, 'How far do you agree? – We are told enough')
  await page.getByText('Share answering ‘Yes’ to ‘Do you hand people over to other services?’').waitFor()
  await saved()
  await expectAccessible(page, 'the editor, the analysis plan')

  await press(page, /^The draft: what is missing/)
  await page.getByText('Nothing: it can be published.').waitFor()
  await press(page, 'Publish')
  await page.getByText('Version 1', { exact: true }).waitFor()
  const version = getPublishedVersion(db, 'ward-handover')!
  expect(version.plan.indicators).toEqual([
    {
      id: 'hand_people_over',
      label: 'Hand people over',
      variable: 'hand_people_over_other_services',
      counts: ['yes'],
      headline: true,
    },
  ])
  expect(version.plan.scales[0]?.items).toHaveLength(2)
  expect(version.plan.breakdowns.at(-1)).toMatchObject({ from: 'variable', variable: 'job' })

  await press(page, 'Collections')
  await press(page, 'Set up a new collection')
  await typeInto(page, 'Name', 'Handover')
  await pick(page, /^Discharge information flow|^Working together|^Ward handover/, /^Ward handover/)
  await tick(page, /^Trafford/)
  await typeDate(page, ['1', '6', '2026'])
  await typeDate(page, ['30', '6', '2026'])
  await press(page, 'Create the draft')
  await arriveAt(page, 'Handover')
  await press(page, 'Open the collection')
  await arriveAt(page, 'Open the collection')
  await press(page, 'Open the collection')
  await arriveAt(page, 'Handover')
  await press(page, 'Pass on the links')
  await arriveAt(page, 'Links to pass on')
  const link = /http\S+\/c\/[\w-]+/.exec(await page.locator('main').innerText())![0]

  const respondent = await openVisitor(browser)
  const asked = respondent.page
  await asked.goto(link)
  await press(asked, /^Start/)
  await asked.getByRole('heading', { name: 'Your work', level: 1 }).waitFor()
  await waitForQuestions(respondent)
  await tick(asked, 'Yes')
  await tick(asked, 'Nurse')
  await press(asked, 'Continue')
  await asked.getByRole('heading', { name: 'Handing over', level: 1 }).waitFor()
  await pick(asked, 'Strongly disagree', /^Agree/)
  await press(asked, 'Continue')
  await asked.getByRole('heading', { name: 'Check your answers', level: 1 }).waitFor()
  await tick(asked, /finished answering/)
  await press(asked, /^Submit/)
  await asked.waitForURL('**/receipt')
  await respondent.leave()
  const answers = { hand_people_over_other_services: 'no', job: 'social_worker' }
  for (let others = 0; others < 11; others += 1)
    await submitResponse(site.app, { token: link.split('/').at(-1)!, answers, shared: true })

  await press(page, 'Handover')
  await arriveAt(page, 'Handover')
  await press(page, 'Close the collection')
  await arriveAt(page, 'Close the collection')
  await press(page, 'Close the collection')
  await arriveAt(page, 'Handover')
  await press(page, 'Take and release results')
  await arriveAt(page, 'Snapshots')
  await press(page, 'Take a snapshot')
  // Enter in the dialog, where the browser asks back.
  page.once('dialog', (dialog) => void dialog.accept())
  await press(page, /^Release the snapshot/)
  await page.getByText('Released. Staff can read the results now.').waitFor()
  await press(page, 'Results')
  await arriveAt(page, 'Results')
  await press(page, 'Handover')
  await arriveAt(page, 'Handover')
  const figures = page.getByRole('table', { name: 'Headline shares, all responses' })
  await figures.getByRole('row', { name: /^Hand people over 8% 1% to 35% 1 12 / }).waitFor()
  await leave()
})
