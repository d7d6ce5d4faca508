// Kinds of question that a configured set may have and the shipped ones do not.
import { beforeAll, expect, test } from 'vitest'
import { publishVersion } from '../../server/question-sets/queries/versions.ts'
import type { Questions } from '../../surveys/question-set.ts'
import { openPersonalCollection } from '../factories.ts'
import { planWith } from '../question-sets/plan-with.ts'
import { choose, heading, pressContinue, waitForQuestions } from './questionnaire.ts'
import { browser, site } from './running-site.ts'
import { storedOf } from './stored.ts'
import { openVisitor } from './visitor.ts'

const choices = [
  { value: 'one', text: 'One' },
  { value: 'two', text: 'Two' },
  { value: 'none', text: 'None of them', isExclusive: true },
]
const questions: Questions = {
  title: 'Every type',
  pages: [
    {
      name: 'only_page',
      title: 'The only page',
      elements: [
        {
          type: 'radiogroup',
          name: 'one_choice',
          title: 'One choice',
          choices,
          showOtherItem: true,
          otherText: 'Another one',
        },
        { type: 'checkbox', name: 'several', title: 'Several choices', choices, showOtherItem: true },
        { type: 'dropdown', name: 'list', title: 'From a list', choices },
        { type: 'text', inputType: 'number', name: 'beds', title: 'How many beds?', min: 0, max: 500 },
        { type: 'text', inputType: 'date', name: 'day', title: 'On what day?' },
        { type: 'text', name: 'line', title: 'In a line', maxLength: 50 },
      ],
    },
  ],
}
const plan = planWith('every-type', { counted: ['one_choice', 'several', 'list'], narrative: ['beds', 'day', 'line'] })

beforeAll(() => {
  publishVersion(site.app.db, { slug: plan.slug, questions, plan }, site.app.time.now)
})

test.each([
  { way: 'with JavaScript', javaScript: true },
  { way: 'without JavaScript', javaScript: false },
])('every type of question is answered, refused in the same words and stored alike $way', async ({ javaScript }) => {
  const { invitations } = openPersonalCollection(site.app, { questionSet: plan.slug, services: 1 })
  const { invitation, token } = invitations[0]!
  const visitor = await openVisitor(browser, { javaScript })
  const { page } = visitor
  const field = (id: string) => page.locator(`[id="${id}"]`)
  await page.goto(`${site.address}/r/${token}/pages/only_page`)
  await waitForQuestions(visitor)
  await choose(page, 'one_choice', 'other')
  await field('one_choice-Comment').fill('A third')
  await choose(page, 'several', 'other')
  await field('several-Comment').fill('And this')
  await choose(page, 'several', 'one')
  await field('list').selectOption('two')
  await field('beds').fill('many')
  await field('day').fill('31')
  await field('day-month').fill('2')
  await field('day-year').fill('2026')
  await field('line').fill('  Some words ')
  await pressContinue(page)
  await page.locator('.govuk-error-summary').waitFor()
  expect(await page.locator('.govuk-error-summary li').allTextContents()).toEqual([
    'Enter a whole number between 0 and 500',
    'Enter a real date, such as 27 3 2026',
  ])
  expect(await field('beds-error').textContent()).toBe('Error: Enter a whole number between 0 and 500')
  expect([
    await field('beds').inputValue(),
    await field('day').inputValue(),
    await field('day-month').inputValue(),
  ]).toEqual(['many', '31', '2'])
  expect(await page.locator('.govuk-input--error').count()).toBe(4)
  await field('beds').fill('42')
  await field('day').fill('28')
  await pressContinue(page)
  await heading(page, 'Check your answers').waitFor()
  const kept = {
    one_choice: 'other',
    'one_choice-Comment': 'A third',
    several: ['one', 'other'],
    'several-Comment': 'And this',
    list: 'two',
    beds: 42,
    day: '2026-02-28',
    line: 'Some words',
  }
  expect(storedOf(site.app, invitation.id)).toEqual(kept)
  await visitor.leave()
})

test('with JavaScript, who changes their mind about another answer is not asked for its words', async () => {
  const { invitations } = openPersonalCollection(site.app, { questionSet: plan.slug, services: 1 })
  const { invitation, token } = invitations[0]!
  const visitor = await openVisitor(browser)
  const { page } = visitor
  await page.goto(`${site.address}/r/${token}/pages/only_page`)
  await waitForQuestions(visitor)
  await choose(page, 'one_choice', 'other')
  await page.locator('[id="one_choice-Comment"]').fill('A third')
  await page.getByText('Saved at').waitFor()
  await choose(page, 'one_choice', 'two')
  await choose(page, 'several', 'one')
  await choose(page, 'several', 'none')
  await pressContinue(page)
  await heading(page, 'Check your answers').waitFor()
  expect(storedOf(site.app, invitation.id)).toEqual({ one_choice: 'two', several: ['none'] })
  await visitor.leave()
})
