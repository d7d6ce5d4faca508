import { html, type Html } from '../../http/html.ts'
import { respondentPage } from '../../http/respondent-page.ts'

interface Unsubscribe {
  action: string
  service: string
  survey: string
  notice: string | null
  stopped: boolean
}

const title = 'Do you want messages about this survey?'
const unanswered = 'Select whether you want messages'

/** Both answers and Continue: what a mail scanner presses changes nothing. `wrong`: nothing was selected. */
export function unsubscribePage({
  action,
  service,
  survey,
  notice,
  stopped,
  wrong,
}: Unsubscribe & { wrong: boolean }): Html {
  const choice = (id: string, value: string, text: string) =>
    html`<div class="govuk-radios__item"><input class="govuk-radios__input" id="${id}" name="messages" type="radio" value="${value}"><label class="govuk-label govuk-radios__label" for="${id}">${text}</label></div>
`
  const state = stopped ? 'You get no more messages about it now.' : 'You get messages about it now.'
  const body = html`<form method="post" action="${action}" novalidate>
<div class="govuk-form-group${wrong && ' govuk-form-group--error'}"><fieldset class="govuk-fieldset" aria-describedby="messages-hint${wrong && ' messages-error'}">
<legend class="govuk-fieldset__legend govuk-fieldset__legend--l"><h1 class="govuk-fieldset__heading">${title}</h1></legend>
<div id="messages-hint" class="govuk-hint">${service} is invited to answer the survey "${survey}". ${state} Your link to the survey works either way.</div>
${wrong && html`<p id="messages-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${unanswered}</p>`}
<div class="govuk-radios">${choice('messages', 'stop', 'No, send no more messages about this survey')}${choice('messages-2', 'send', 'Yes, send messages about this survey')}</div>
</fieldset></div>
<button type="submit" class="govuk-button">Continue</button>
</form>`
  return respondentPage({ title, body, notice, problems: wrong ? [{ href: 'messages', message: unanswered }] : [] })
}

/** What is said once it is done. */
export function unsubscribedPage({ action, service, survey, notice, stopped }: Unsubscribe): Html {
  const done = stopped ? 'You will get no more messages about this survey' : 'You will get messages about this survey'
  const body = html`<h1 class="govuk-heading-l">${done}</h1>
<p class="govuk-body">This is about the survey "${survey}" and ${service} alone. Your link to the survey works as before.</p>
<p class="govuk-body"><a class="govuk-link" href="${action}">Change this</a></p>`
  return respondentPage({ title: done, body, notice })
}

/** For the address of somebody who passed the invitation on: they are not written to any more. */
export const notWrittenToPage = (): Html =>
  respondentPage({
    title: 'You get no more messages about this survey',
    body: html`<h1 class="govuk-heading-l">You get no more messages about this survey</h1>
<p class="govuk-body">The invitation was passed on, and messages about it go to somebody else now.</p>`,
  })
