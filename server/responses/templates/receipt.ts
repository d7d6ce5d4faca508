import { formatLondonDate } from '../../time/london-dates.ts'
import { html, type Html } from '../../http/html.ts'
import { respondentPage } from '../../http/respondent-page.ts'

export interface Receipt {
  base: string
  notice: string | null
  reference: string
  submittedAt: string
  closesAt: string
  open: boolean
  service?: string
}

/** The state of a submitted response; never its answers, since a link may be forwarded. */
export function receiptPage({ base, notice, reference, submittedAt, closesAt, open, service }: Receipt): Html {
  const body = html`<div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">Answers submitted</h1><div class="govuk-panel__body">Your reference<br><strong>${reference}</strong></div></div>
<p class="govuk-body">Thank you. ${service ? html`The answers of ${service} were` : 'Your answers were'} received on ${formatLondonDate(submittedAt)}. Keep the reference if you may want to ask about them.</p>
<h2 class="govuk-heading-m">What happens next</h2>
<p class="govuk-body">Your answers are counted with those of others once the survey has closed. The review publishes the results as figures for groups of people.</p>
${
  open
    ? html`<p class="govuk-body">You have nothing more to do. Submitted answers are not shown or changed through this link. Until the end of ${formatLondonDate(closesAt)} you can <a class="govuk-link" href="${base}/withdraw">withdraw and delete them</a>.</p>`
    : html`<p class="govuk-body">The survey is closed. Answers can no longer be withdrawn.</p>`
}`
  return respondentPage({ title: 'Answers submitted', body, notice })
}
