// A preview to pass on, by the pages that respondents have. It keeps nothing: forms carry what was answered.
import type { AnalysisPlan, Answers, Page, PageElement, Question, Questions } from '../../../surveys/question-set.ts'
import { html, type Html } from '../../http/html.ts'
import type { AnswerProblem } from '../../../surveys/definition/definition.ts'
import type { Fields } from '../rules/form-fields.ts'
import type { PagePlace } from '../rules/page-order.ts'
import { answersToCheck, changeWords, nothingToSubmit, submitForm, type AnsweredPage } from './check-answers.ts'
import { respondentPage, type Problem } from '../../http/respondent-page.ts'
import { continueButton, hiddenFields, questionForm, type HiddenFields } from './question-page.ts'
import { modeOf } from '../../../surveys/modes.ts'

/** What every page of a preview says. */
const notice = 'Preview: nothing you enter is kept.'

const paragraph = (text: Html | string) => html`<p class="govuk-body">${text}</p>
`
const linkButton = (href: string, words: string) =>
  html`<a href="${href}" role="button" draggable="false" class="govuk-button">${words}</a>`

export interface PreviewStart {
  questions: Pick<Questions, 'title' | 'description'>
  plan: Pick<AnalysisPlan, 'minutes' | 'mode'>
  isDraft: boolean
  startAt: string
}

export function previewStartPage({ questions, plan, isDraft, startAt }: PreviewStart): Html {
  const { title, description } = questions
  const { link } = modeOf(plan).words
  return respondentPage({
    title,
    notice,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
${description && paragraph(description)}
${paragraph(isDraft ? 'This is a preview of a draft: it may change, or end, while you look at it.' : 'This is a preview: the questions as people who answer see them.')}
${paragraph(`Answer as you like: what you answer decides what is asked next. Answering takes about ${plan.minutes} ${plan.minutes === 1 ? 'minute' : 'minutes'}.`)}
${paragraph(html`People come to the questions by ${link}. Here they first read whose survey it is, who sees what they say and for how long it is kept; see the <a class="govuk-link" href="/privacy">privacy notice</a>.`)}
${linkButton(startAt, 'Start')}`,
  })
}

export interface PreviewPage {
  base: string
  plan: Pick<AnalysisPlan, 'states'>
  page: Page
  elements: readonly PageElement[]
  place: PagePlace
  fields: Fields
  problems: readonly AnswerProblem[]
  hidden: HiddenFields
}

const backButton = html`<button type="submit" name="_to" value="back" class="govuk-button govuk-button--secondary">Back</button>`

/** *Back* is a button: a link would lose the answers. */
export function previewPage(options: PreviewPage): Html {
  const { page, problems, base, place } = options
  const buttons = html`<div class="govuk-button-group">${continueButton}
${place.previous !== undefined && backButton}</div>`
  return respondentPage({
    title: page.title,
    notice,
    body: questionForm({ ...options, hints: {} }, buttons),
    back: place.previous === undefined ? base : undefined,
    problems: problems.map(({ place, message }) => ({ href: place, message })),
  })
}

export interface PreviewCheck {
  base: string
  pages: readonly AnsweredPage[]
  answers: Answers
  hidden: HiddenFields
  problems: readonly Problem[]
}

export const changeId = (question: string): string => `change-${question}`

export function previewCheckPage({ base, pages, answers, hidden, problems }: PreviewCheck): Html {
  const change = (page: Page, question: Question) =>
    html`<button type="submit" form="change" id="${changeId(question.name)}" name="change" value="${page.name}" class="app-link-button">${changeWords(question)}</button>`
  const submit = html`<h2 class="govuk-heading-m">Submit your answers</h2>
${submitForm(
  `${base}/check`,
  hidden,
  problems.some(({ href }) => href === 'finished'),
)}`
  return respondentPage({
    title: 'Check your answers',
    notice,
    problems,
    body: html`${answersToCheck(pages, answers, change)}
${Object.keys(answers).length > 0 ? submit : nothingToSubmit}
<form id="change" method="post" action="${base}/check">
${hiddenFields(hidden)}${backButton}
</form>`,
  })
}

export const previewEndPage = (base: string): Html =>
  respondentPage({
    title: 'This is the end of the preview',
    notice,
    body: html`<h1 class="govuk-heading-l">This is the end of the preview</h1>
${paragraph('Somebody who answers now reads “Answers submitted”, a reference to keep, what happens next, and until when the answers can be withdrawn.')}
${paragraph('Nothing that you entered was kept.')}
${linkButton(base, 'See it again')}`,
  })

export const previewNotReadyPage = (): Html =>
  respondentPage({
    title: 'This preview is not ready',
    notice,
    body: html`<h1 class="govuk-heading-l">This preview is not ready</h1>
${paragraph('The draft is being changed, and something is missing in it at the moment. Try the same link again later.')}`,
  })
