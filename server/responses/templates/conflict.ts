import { html, type Html } from '../../http/html.ts'
import type { Answers, Question } from '../../../surveys/question-set.ts'
import { answerInWords } from '../../../surveys/definition/choice-words.ts'
import { respondentPage } from '../../http/respondent-page.ts'

export interface ConflictPage {
  base: string
  notice: string | null
  page: string
  /** Questions answered differently here and elsewhere. */
  questions: readonly Question[]
  mine: Answers
  saved: Answers
  /** All that the form sent, to be sent again with the choice. */
  fields: readonly (readonly [name: string, value: string])[]
  /** Names of questions still without a choice; empty the first time. */
  unanswered: readonly string[]
}

function words(question: Question, answers: Answers): Html {
  const lines = answerInWords(question, answers)
  if (lines.length === 0) return html`<span class="govuk-hint">Not answered</span>`
  return html`${lines.map(({ label, text }) => html`<span class="govuk-hint app-typed">${label && `${label}: `}${text}</span>`)}`
}

const message = (question: Question) => `Select which answer to keep for ‘${question.title}’`

function choose(question: Question, { mine, saved, unanswered }: ConflictPage): Html {
  const wrong = unanswered.includes(question.name)
  const option = (
    value: string,
    label: string,
    id: string,
    answers: Answers,
  ) => html`<div class="govuk-radios__item"><input class="govuk-radios__input" id="${id}" name="_keep.${question.name}" type="radio" value="${value}" aria-describedby="${id}-answer"><label class="govuk-label govuk-radios__label" for="${id}">${label}</label><div id="${id}-answer" class="govuk-radios__hint">${words(question, answers)}</div></div>
`
  return html`<div class="govuk-form-group${wrong && ' govuk-form-group--error'}"><fieldset class="govuk-fieldset"${wrong && html` aria-describedby="${question.name}-error"`}>
<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">${question.title}</legend>
${wrong && html`<p id="${question.name}-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${message(question)}</p>`}
<div class="govuk-radios">${option('mine', 'Use the answer I just gave', question.name, mine)}${option('saved', 'Keep the answer saved before', `${question.name}-2`, saved)}</div>
</fieldset></div>
`
}

/** Shows both answers where another tab or device saved a different one meanwhile; nothing is stored until the person has chosen. */
export function conflictPage(options: ConflictPage): Html {
  const { base, page, questions, fields, unanswered } = options
  const body = html`<h1 class="govuk-heading-l">Your answers were changed somewhere else</h1>
<p class="govuk-body">Since you opened the page, ${questions.length === 1 ? 'an answer was' : 'answers were'} changed in another tab or on another device. Choose what to keep. What you just sent is not saved until then.</p>
<form method="post" action="${base}/pages/${page}" novalidate>
${fields.map(
  ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">
`,
)}${questions.map((question) => choose(question, options))}
<button type="submit" class="govuk-button">Continue</button>
</form>`
  const problems = questions
    .filter((question) => unanswered.includes(question.name))
    .map((question) => ({ href: question.name, message: message(question) }))
  return respondentPage({ title: 'Your answers were changed somewhere else', body, notice: options.notice, problems })
}
