import { html, type Html } from '../../http/html.ts'
import { respondentPage } from './layout.ts'

interface Decision {
  title: string
  explanation: string
  /** The form's address, and what *no* and Back lead to. */
  action: string
  base: string
  notice: string | null
  yes: string
  no: string
  wrong: boolean
}

const unanswered = 'Select what you want to do'

/** A question with two answers and *Continue*: mail scanners press buttons, but they do not choose. */
function decisionPage({ title, explanation, action, base, notice, yes, no, wrong }: Decision): Html {
  const choice = (
    value: string,
    text: string,
    id: string,
  ) => html`<div class="govuk-radios__item"><input class="govuk-radios__input" id="${id}" name="decision" type="radio" value="${value}"><label class="govuk-label govuk-radios__label" for="${id}">${text}</label></div>
`
  const body = html`<form method="post" action="${action}" novalidate>
<div class="govuk-form-group${wrong && ' govuk-form-group--error'}"><fieldset class="govuk-fieldset" aria-describedby="decision-hint${wrong && ' decision-error'}">
<legend class="govuk-fieldset__legend govuk-fieldset__legend--l"><h1 class="govuk-fieldset__heading">${title}</h1></legend>
<div id="decision-hint" class="govuk-hint">${explanation}</div>
${wrong && html`<p id="decision-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${unanswered}</p>`}
<div class="govuk-radios">${choice('yes', yes, 'decision')}${choice('no', no, 'decision-2')}</div>
</fieldset></div>
<button type="submit" class="govuk-button">Continue</button>
</form>`
  return respondentPage({
    title,
    body,
    notice,
    back: base,
    problems: wrong ? [{ href: 'decision', message: unanswered }] : [],
  })
}

interface Asked {
  base: string
  notice: string | null
  wrong: boolean
}

export const withdrawPage = ({ base, notice, wrong, submitted }: Asked & { submitted: boolean }): Html =>
  decisionPage({
    title: 'Do you want to withdraw?',
    explanation: 'Your answers are deleted for good, and your link stops working. This cannot be undone.',
    action: `${base}/withdraw`,
    base,
    notice,
    yes: 'Yes, delete my answers',
    no: submitted ? 'No, keep my answers as they are' : 'No, keep my answers and go on',
    wrong,
  })

export const declinePage = ({ base, notice, wrong }: Asked): Html =>
  decisionPage({
    title: 'Do you want to tell us that you will not take part?',
    explanation:
      'We record only that your service does not want to answer. You can change your mind until the survey closes.',
    action: `${base}/decline`,
    base,
    notice,
    yes: 'Yes, I do not want to take part',
    no: 'No, go back to the survey',
    wrong,
  })
