import { html, type Html } from '../../http/html.ts'
import { respondentPage, type Problem } from '../../http/respondent-page.ts'

interface Item {
  value: string
  text: string
  hint?: string
}

interface Decision {
  title: string
  explanation: string
  /** The form's address, and what Back leads to. */
  action: string
  base: string
  notice: string | null
  /** The name of the field. */
  name?: string
  items: readonly Item[]
  /** What is wrong with what was sent. */
  problem?: Problem
}

const unanswered = 'Select what you want to do'

function radio(name: string, { value, text, hint }: Item, index: number): Html {
  const id = index === 0 ? name : `${name}-${index + 1}`
  const described = hint !== undefined && html` aria-describedby="${id}-item-hint"`
  return html`<div class="govuk-radios__item"><input class="govuk-radios__input" id="${id}" name="${name}" type="radio" value="${value}"${described}><label class="govuk-label govuk-radios__label" for="${id}">${text}</label>${hint !== undefined && html`<div id="${id}-item-hint" class="govuk-hint govuk-radios__hint">${hint}</div>`}</div>
`
}

/** A question with several answers and *Continue*: mail scanners press buttons, but they do not choose. */
export function decisionPage({
  title,
  explanation,
  action,
  base,
  notice,
  name = 'decision',
  items,
  problem,
}: Decision): Html {
  const wrong = problem !== undefined
  const body = html`<form method="post" action="${action}" novalidate>
<div class="govuk-form-group${wrong && ' govuk-form-group--error'}"><fieldset class="govuk-fieldset" aria-describedby="${name}-hint${wrong && ` ${name}-error`}">
<legend class="govuk-fieldset__legend govuk-fieldset__legend--l"><h1 class="govuk-fieldset__heading">${title}</h1></legend>
<div id="${name}-hint" class="govuk-hint">${explanation}</div>
${problem && html`<p id="${name}-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${problem.message}</p>`}
<div class="govuk-radios">${items.map((item, index) => radio(name, item, index))}</div>
</fieldset></div>
<button type="submit" class="govuk-button">Continue</button>
</form>`
  return respondentPage({ title, body, notice, back: base, problems: problem ? [problem] : [] })
}

/** That nothing was selected. */
export const nothingSelected = (name = 'decision'): Problem => ({ href: name, message: unanswered })

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
    items: [
      { value: 'yes', text: 'Yes, delete my answers' },
      { value: 'no', text: submitted ? 'No, keep my answers as they are' : 'No, keep my answers and go on' },
    ],
    problem: wrong ? nothingSelected() : undefined,
  })

/** What the undoing is about, in words that continue "You told us that …". */
export const undoPage = ({ base, notice, wrong, told }: Asked & { told: string }): Html =>
  decisionPage({
    title: 'Do you want to take back what you told us?',
    explanation: `You told us that ${told}.`,
    action: `${base}/undo`,
    base,
    notice,
    items: [
      { value: 'yes', text: 'Yes, take it back' },
      { value: 'no', text: 'No, leave it as it is' },
    ],
    problem: wrong ? nothingSelected() : undefined,
  })
