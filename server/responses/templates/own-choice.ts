import { formatLondonDate } from '../../time/london-dates.ts'
import { html, type Html } from '../../http/html.ts'
import { decisionPage } from './decisions.ts'
import { respondentPage, type Problem, message } from '../../http/respondent-page.ts'

export interface ChoicePage {
  base: string
  notice: string | null
  service: string
  closesAt: string
  /** The question that *no discharges* answers; undefined where the questionnaire has none. */
  noDischarges: string | undefined
  begun: boolean
  problem?: Problem
}

/** Why the service does not answer: one page for all that a person can do instead. */
export function choicePage({ base, notice, service, closesAt, noDischarges, begun, problem }: ChoicePage): Html {
  const kept = begun ? ' Your answers so far stay saved and are not submitted.' : ''
  const none = { value: 'no_discharges', text: 'No people were discharged to us' }
  return decisionPage({
    title: 'I cannot or do not want to answer',
    explanation: `This is about ${service}. You can change your mind until the end of ${formatLondonDate(closesAt)}.${kept}`,
    action: `${base}/decline`,
    base,
    notice,
    name: 'choice',
    items: [
      { value: 'decline', text: 'I do not want to take part', hint: 'We send no more reminders.' },
      {
        value: 'pass_on',
        text: 'Somebody else is the right person to answer',
        hint: 'Tell us their name and email address on the next page. We send them a link of their own.',
      },
      {
        value: 'not_eligible',
        text: 'We no longer provide this service',
        hint: 'The service is left out of the survey.',
      },
      ...(noDischarges === undefined
        ? []
        : [{ ...none, hint: `We record and submit the answer “No” to: ${noDischarges}` }]),
      { value: 'back', text: 'None of these: go back to the survey' },
    ],
    problem,
  })
}

const told = {
  declined: 'you do not want to take part',
  not_eligible: 'you no longer provide this service',
  no_discharges: 'no people were discharged to you',
  passed_on: 'somebody else is the right person to answer',
} as const
export type Told = keyof typeof told

/** Continues "You told us that …". */
export const toldWords = (choice: Told): string => told[choice]

export interface ChosenPage {
  base: string
  notice: string | null
  choice: Told
  closesAt: string
  /** Whether it can be taken back still. */
  mayUndo: boolean
  /** Of *no discharges*, which is a submission. */
  reference?: string
  begun: boolean
}

const consequences = {
  declined: 'We send no more reminders.',
  not_eligible: 'The service is left out of the survey, and we send no more reminders.',
  no_discharges: 'This is your complete answer. You have nothing more to do.',
  passed_on: 'They will get a link of their own by email. Your link cannot be used to answer any more.',
} as const

/** What the person chose, and the way back from it. */
export function chosenPage({ base, notice, choice, closesAt, mayUndo, reference, begun }: ChosenPage): Html {
  const until = formatLondonDate(closesAt)
  const undo = html`<p class="govuk-body">If this was a mistake, you can <a class="govuk-link" href="${base}/undo">take it back</a> until the end of ${until}.</p>`
  const answer = html`<p class="govuk-body">If you change your mind, you can <a class="govuk-link" href="${base}">answer with the same link</a> until the end of ${until}.</p>`
  const late = html`<p class="govuk-body">It can no longer be taken back${choice === 'passed_on' && ': they have begun to answer, or have decided'}.</p>`
  const mayWithdraw = choice !== 'passed_on' && (begun || choice === 'no_discharges')
  return message(
    `You have told us that ${told[choice]}`,
    html`<p class="govuk-body">Thank you for letting us know. ${consequences[choice]}</p>
${reference !== undefined && html`<p class="govuk-body">Your reference is <strong>${reference}</strong>.</p>`}
${mayUndo && choice === 'declined' && answer}
${mayUndo ? undo : late}
${mayUndo && mayWithdraw && html`<p class="govuk-body"><a class="govuk-link" href="${base}/withdraw">Withdraw and delete my answers</a></p>`}`,
    notice,
  )
}

export interface Typed {
  name: string
  email: string
}

export interface TypedPage {
  base: string
  notice: string | null
  values: Typed
  /** By field. */
  problems: readonly Problem[]
}

/** One line of text to type; `autocomplete` as HTML names it. */
export function typedField(
  {
    name,
    label,
    hint,
    type,
    autocomplete,
  }: Record<'name' | 'label' | 'type' | 'autocomplete', string> & { hint?: string },
  value: string,
  problems: readonly Problem[],
): Html {
  const problem = problems.find(({ href }) => href === name)
  const ids = [hint && `${name}-hint`, problem && `${name}-error`].filter(Boolean).join(' ')
  return html`<div class="govuk-form-group${problem && ' govuk-form-group--error'}"><label class="govuk-label" for="${name}">${label}</label>
${hint && html`<div id="${name}-hint" class="govuk-hint">${hint}</div>`}
${problem && html`<p id="${name}-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${problem.message}</p>`}
<input class="govuk-input${problem && ' govuk-input--error'}" id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" spellcheck="false" value="${value}"${ids && html` aria-describedby="${ids}"`}></div>
`
}

/** Who is the right person to answer. */
export function passOnPage({
  base,
  notice,
  values,
  problems,
  service,
  begun,
}: TypedPage & { service: string; begun: boolean }): Html {
  const title = 'Who is the right person to answer?'
  const name = { name: 'name', label: 'Their name', type: 'text', autocomplete: 'off' }
  const email = { name: 'email', label: 'Their email address', type: 'email', autocomplete: 'off' }
  const body = html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">We send them a link to answer for ${service}, and tell them that somebody there named them. Your own link then stops working. We use their name and address only for this survey, and delete them with the other contact details.</p>
${begun && html`<div class="govuk-inset-text">They will see the answers that you have given so far, and can change them.</div>`}
<form method="post" action="${base}/pass-on" novalidate>
${typedField(name, values.name, problems)}${typedField(email, values.email, problems)}<button type="submit" class="govuk-button">Continue</button>
</form>`
  return respondentPage({ title, body, notice, back: `${base}/decline`, problems })
}
