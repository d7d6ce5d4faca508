import { html, type Html } from '../../http/html.ts'
import type { Answers, Page, Question } from '../../../surveys/question-set.ts'
import { answerInWords } from '../../../surveys/definition/choice-words.ts'
import { respondentPage, type Problem } from '../../http/respondent-page.ts'
import { hiddenFields, personalLinkNote, type HiddenFields, type QuestionPage } from './question-page.ts'

export interface AnsweredPage {
  page: Page
  questions: readonly Question[]
}

export interface CheckPage {
  base: string
  pages: readonly AnsweredPage[]
  answers: Answers
  revision: number
  closes: string
  problems: readonly Problem[]
  /** Told above the answers: they changed since the page was last seen. */
  changed?: string
  notice: string | null
  personalLink?: QuestionPage['personalLink']
}

function answer(question: Question, answers: Answers): Html {
  const lines = answerInWords(question, answers)
  if (lines.length === 0) return html`<span class="govuk-hint">Not answered</span>`
  if (question.type === 'matrix')
    return html`<dl class="app-answers">${lines.map(({ label, text }) => html`<dt>${label}</dt><dd>${text}</dd>`)}</dl>`
  return html`${lines.map(({ text }) => html`<p class="govuk-body app-typed">${text}</p>`)}`
}

/** Where the answer to a question is changed. */
type Change = (page: Page, question: Question) => Html

const row = (question: Question, answers: Answers, change: Html) =>
  html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${question.title}</dt>
<dd class="govuk-summary-list__value">${answer(question, answers)}</dd>
<dd class="govuk-summary-list__actions">${change}</dd></div>
`

/** All answers, page by page. */
export const answersToCheck = (pages: readonly AnsweredPage[], answers: Answers, change: Change): Html =>
  html`<h1 class="govuk-heading-l">Check your answers</h1>
${pages
  .filter(({ questions }) => questions.length > 0)
  .map(
    ({ page, questions }) => html`<h2 class="govuk-heading-m">${page.title}</h2>
<dl class="govuk-summary-list">
${questions.map((question) => row(question, answers, change(page, question)))}</dl>
`,
  )}`

/** What *Change* is said of. */
export const changeWords = (question: Question): Html =>
  html`Change<span class="govuk-visually-hidden"> ${question.title}</span>`

function changeLink(base: string, page: Page, question: Question): Html {
  const field = question.type === 'matrix' ? `${question.name}.${question.rows[0]?.value}` : question.name
  return html`<a class="govuk-link" href="${base}/pages/${page.name}?return=check#${field}">${changeWords(question)}</a>`
}

/** A selection: a button alone is pressed by mail scanners too. */
const finished = (wrong: boolean) => html`<div class="govuk-form-group${wrong && ' govuk-form-group--error'}">
${wrong && html`<p id="finished-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> Select that you have finished, if you want to submit</p>`}
<div class="govuk-checkboxes"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" id="finished" name="finished" type="checkbox" value="yes"${wrong && html` aria-describedby="finished-error"`}><label class="govuk-label govuk-checkboxes__label" for="finished">I have finished answering</label></div></div></div>
`

/** `wrong`: it was sent without the selection. */
export const submitForm = (action: string, hidden: HiddenFields, wrong: boolean): Html =>
  html`<form method="post" action="${action}" novalidate>
${hiddenFields(hidden)}${finished(wrong)}<button type="submit" class="govuk-button">Submit</button>
</form>`

export const nothingToSubmit = html`<p class="govuk-body">You have not answered any question yet. There is nothing to submit.</p>`

/** All answers to read again before they are submitted. */
export function checkPage(options: CheckPage): Html {
  const { base, pages, answers, problems, changed, notice, revision } = options
  const last = pages.at(-1)?.page.name
  const answered = Object.keys(answers).length > 0
  const submit = answered
    ? html`<h2 class="govuk-heading-m">Submit your answers</h2>
<p class="govuk-body">When you submit, your answers are final. Until the end of ${options.closes} you can still withdraw them.</p>
${submitForm(
  `${base}/submit`,
  { _revision: String(revision) },
  problems.some(({ href }) => href === 'finished'),
)}`
    : nothingToSubmit
  const body = html`${options.personalLink && personalLinkNote(options.personalLink)}
${changed && html`<div class="govuk-notification-banner" role="alert" aria-labelledby="notice-title"><div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="notice-title">Important</h2></div><div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">${changed}</p></div></div>`}
${answersToCheck(pages, answers, (page, question) => changeLink(base, page, question))}
${submit}`
  return respondentPage({
    title: 'Check your answers',
    body,
    notice,
    back: last === undefined ? base : `${base}/pages/${last}`,
    problems,
  })
}
