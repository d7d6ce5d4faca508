import type { Page as BrowserPage } from 'playwright-core'
import { expect } from 'vitest'
import { compileDefinition } from '../../surveys/definition/definition.ts'
import { questionsOf } from '../../surveys/notes.ts'
import type { Answers, Page, Question, Questions } from '../../surveys/question-set.ts'
import type { Visitor } from './visitor.ts'

/** Draws on the page only where SurveyJS has taken over. */
export const surveyRoot = (page: BrowserPage) => page.locator('#respond .sd-root-modern')

/** Waits until the questions of a page can be answered: by SurveyJS where there is JavaScript. */
export async function waitForQuestions({ page, javaScript }: Visitor): Promise<void> {
  await (javaScript ? surveyRoot(page) : page.locator('#respond form')).waitFor()
}

/** Opens a link and presses Start (or Continue, where answers are there already). */
export async function startAnswering(visitor: Visitor, link: string): Promise<void> {
  await visitor.page.goto(link)
  await visitor.page.locator('a.govuk-button').click()
  await waitForQuestions(visitor)
}

const field = (page: BrowserPage, id: string) => page.locator(`[id="${id}"]`)

/** Chooses a radio or a check box by pressing its label, as people do. */
export const choose = (page: BrowserPage, name: string, code: unknown) =>
  page.locator(`input[name="${name}"][value="${String(code)}"] + label`).click()

async function answer(page: BrowserPage, question: Question, value: unknown): Promise<void> {
  if (value === undefined) return
  if (question.type === 'matrix')
    for (const [row, code] of Object.entries(value as Answers)) await choose(page, `${question.name}.${row}`, code)
  // The last first: the order of ticking must not matter.
  else if (Array.isArray(value))
    for (const code of [...(value as unknown[])].reverse()) await choose(page, question.name, code)
  else if (question.type === 'radiogroup') await choose(page, question.name, value)
  else await field(page, question.name).fill(value as string)
}

export const pressContinue = (page: BrowserPage) => page.getByRole('button', { name: 'Continue' }).click()
export const heading = (page: BrowserPage, text: string) =>
  page.getByRole('heading', { level: 1, name: text, exact: true })

/** Answers what this page asks, having checked that it is the page that stands at this place of the order. */
export async function answerPage({ page }: Visitor, asked: Page, answers: Answers, place: string): Promise<void> {
  await heading(page, asked.title).waitFor()
  expect(await page.locator('.govuk-caption-l').textContent()).toBe(place)
  for (const question of questionsOf(asked)) await answer(page, question, answers[question.name])
}

interface Stretch {
  /** Indexes among the pages that the answers lead to; by default all. */
  from?: number
  to?: number
}

/** Answers page by page and continues; ends on the page after, which after the last is the check page. */
export async function answerPages(
  visitor: Visitor,
  questions: Questions,
  answers: Answers,
  { from = 0, to }: Stretch = {},
): Promise<void> {
  const definition = compileDefinition(questions)
  const all = definition.visiblePages(answers)
  for (const [index, asked] of all.entries()) {
    if (index < from || index >= (to ?? all.length)) continue
    const shown = { ...asked, elements: definition.visibleQuestions(asked, answers) }
    // How many pages there are depends on the answers given so far.
    const sofar = Object.fromEntries(
      all
        .slice(0, index)
        .flatMap((page) => questionsOf(page).map(({ name }) => [name, answers[name]]))
        .filter(([, value]) => value !== undefined),
    ) as Answers
    await answerPage(visitor, shown, answers, `Page ${index + 1} of ${definition.visiblePages(sofar).length}`)
    await pressContinue(visitor.page)
    await heading(visitor.page, all[index + 1]?.title ?? 'Check your answers').waitFor()
  }
}

/** Submits from the check page and returns the receipt's reference. */
export async function submit({ page }: Visitor): Promise<string> {
  await page.getByLabel('I have finished answering').check()
  await page.getByRole('button', { name: 'Submit' }).click()
  await heading(page, 'Answers submitted').waitFor()
  return (await page.locator('.govuk-panel__body strong').textContent()) ?? ''
}

/** Answers to everything that the gates open: a different choice each time, and text that has to survive on its way. */
export function chooseAnswers(questions: Questions, gates: Answers): Answers {
  let turn = 0
  const next = <T>(items: readonly T[]): T => items[turn++ % items.length]!
  const choice = (question: Question): unknown => {
    if (question.type === 'matrix')
      return Object.fromEntries(question.rows.map((row) => [row.value, next(question.columns).value]))
    if (question.type === 'checkbox')
      return question.choices
        .filter((item) => !item.isExclusive)
        .slice(0, 1 + (turn++ % 3))
        .map((item) => item.value)
    if (question.type === 'radiogroup' || question.type === 'dropdown') return next(question.choices).value
    return question.type === 'comment'
      ? 'First line: “quotes” & <b>brackets</b>\nsecond line, 100 % ünïcödé'
      : 'St Mary’s & Wythenshawe'
  }
  const all = questions.pages
    .flatMap(questionsOf)
    .map((question) => [question.name, gates[question.name] ?? choice(question)] as const)
  return compileDefinition(questions).withoutHidden(Object.fromEntries(all))
}
