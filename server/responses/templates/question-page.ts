import { html, type Html } from '../../http/html.ts'
import { serviceName } from '../../http/page.ts'
import { isNote, paragraphsOf } from '../../../surveys/notes.ts'
import type { AnalysisPlan, Note, Page, PageElement, Question } from '../../../surveys/question-set.ts'
import type { AnswerProblem } from '../../../surveys/definition/definition.ts'
import type { PagePlace } from '../rules/page-order.ts'
import { choiceField, matrixField, selectField } from './choices.ts'
import type { FieldOptions } from './field.ts'
import type { Fields } from '../rules/form-fields.ts'
import { respondentPage } from '../../http/respondent-page.ts'
import { dateField, lineField, linesField } from './typed-fields.ts'

/** The plain markup of one question. */
export function questionField(question: Question, plan: Pick<AnalysisPlan, 'states'>, options: FieldOptions): Html {
  switch (question.type) {
    case 'radiogroup':
    case 'checkbox':
      return choiceField(question, plan.states, options)
    case 'dropdown':
      return selectField(question, options)
    case 'matrix':
      return matrixField(question, options)
    case 'comment':
      return linesField(question, options)
    case 'text':
      return question.inputType === 'date'
        ? dateField(question, options)
        : lineField(question, options, question.inputType === 'number')
  }
}

/** A heading or paragraphs between questions. */
const noteText = (note: Note): Html => html`<div class="app-note">${
  note.title !== undefined && html`<h2 class="govuk-heading-m">${note.title}</h2>`
}
${paragraphsOf(note).map((paragraph) => html`<p class="govuk-body">${paragraph}</p>`)}</div>
`

export interface QuestionPage {
  /** `/r/<token>` or `/c/<token>`. */
  base: string
  notice: string | null
  plan: Pick<AnalysisPlan, 'states'>
  page: Page
  /** What these answers lead to on it. */
  elements: readonly PageElement[]
  place: PagePlace
  fields: Fields
  hints: Readonly<Record<string, string>>
  problems: readonly AnswerProblem[]
  /** Sent back with the form; see rules/form-changes.ts. */
  hidden: HiddenFields
  /** Set when an answer is changed from the check page. */
  returnToCheck: boolean
  /** The personal address to come back to, where it was issued through a shared link. */
  personalLink?: { address: string; justIssued: boolean }
  savedNote: string
  /** What leads away from the questions, below them: SurveyJS leaves it where it is. */
  mayLeave: readonly Html[]
}

/** By name; a field may be sent several times. */
export type HiddenFields = Readonly<Record<string, string | readonly string[]>>

export const hiddenFields = (fields: HiddenFields): Html =>
  html`${Object.entries(fields).flatMap(([name, values]) =>
    [values].flat().map(
      (value) => html`<input type="hidden" name="${name}" value="${value}">
`,
    ),
  )}`

/** A first line tells how to come back, opened when the link is new. */
export function personalLinkNote({ address, justIssued }: { address: string; justIssued: boolean }): Html {
  const link = html`<a class="govuk-link app-address" href="${address}">${address}</a>`
  const later = html`<a class="govuk-link" href="${address}/later">Send it to yourself by email</a>`
  if (justIssued)
    return html`<div class="govuk-inset-text"><p class="govuk-body"><strong>Keep this link to come back.</strong> Your answers are saved under it. It is yours alone: do not pass it on.</p><p class="govuk-body">${link}</p><p class="govuk-body">${later}</p></div>`
  return html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">Your link to come back</span></summary><div class="govuk-details__text"><p class="govuk-body">${link}</p><p class="govuk-body">${later}</p></div></details>`
}

type QuestionForm = Pick<
  QuestionPage,
  'base' | 'plan' | 'page' | 'elements' | 'place' | 'fields' | 'hints' | 'problems' | 'hidden'
>

/** The heading of a page and its questions as a form. */
export function questionForm({ base, page, place, elements, ...options }: QuestionForm, buttons: Html): Html {
  const field: FieldOptions = {
    fields: options.fields,
    hints: options.hints,
    errors: new Map(options.problems.map((problem) => [problem.place, problem.message])),
  }
  return html`<span class="govuk-caption-l">Page ${place.number} of ${place.total}</span>
<h1 class="govuk-heading-l">${page.title}</h1>
${page.description && html`<p class="govuk-body">${page.description}</p>`}
<form method="post" action="${base}/pages/${page.name}" novalidate autocomplete="off">
${hiddenFields(options.hidden)}${elements.map((element) => (isNote(element) ? noteText(element) : questionField(element, options.plan, field)))}
${buttons}
</form>`
}

export const continueButton = html`<button type="submit" class="govuk-button">Continue</button>`

/**
 * One page of the questionnaire as an ordinary form. `#respond` is where SurveyJS takes over in the browser: it replaces what is inside,
 * reads `data-endpoint`/questionnaire, and goes to `data-return-to` instead of to the next page where that is given. It makes the back link above its own.
 */
export function questionPage(options: QuestionPage): Html {
  const { base, page, place, problems, returnToCheck } = options
  const check = `${base}/check`
  const back = returnToCheck ? check : place.previous === undefined ? base : `${base}/pages/${place.previous}`
  const body = html`<div id="respond" data-endpoint="${base}" data-page="${page.name}" data-service="${serviceName}" data-return-to="${returnToCheck && check}" data-personal-link="${options.personalLink?.address}" data-link-is-new="${options.personalLink?.justIssued && 'true'}">
${options.personalLink && personalLinkNote(options.personalLink)}
${questionForm(options, continueButton)}
<p class="govuk-hint">${options.savedNote}</p>
</div>
${options.mayLeave.length > 0 && html`<ul class="govuk-list">${options.mayLeave.map((link) => html`<li>${link}</li>`)}</ul>`}`
  return respondentPage({
    title: page.title,
    body,
    notice: options.notice,
    back,
    problems: problems.map(({ place, message }) => ({ href: place, message })),
    scripts: ['respond'],
  })
}
