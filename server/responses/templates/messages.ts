import { formatLondonDate } from '../../time/london-dates.ts'
import { html, type Html } from '../../http/html.ts'
import { message } from '../../http/respondent-page.ts'

/** `lost`: what was sent just now came too late. */
export const closedPage = ({
  notice,
  closesAt,
  closedAt,
  begun,
  lost,
}: {
  notice: string | null
  closesAt: string
  closedAt: string | null
  begun: boolean
  lost: boolean
}): Html =>
  message(
    'This survey is closed',
    html`<p class="govuk-body">It closed ${closedAt !== null && closedAt < closesAt ? `on ${formatLondonDate(closedAt)}` : `at the end of ${formatLondonDate(closesAt)}`}, and takes no more answers.</p>
${lost && html`<p class="govuk-body"><strong>What you sent just now came after the close and was not saved.</strong></p>`}
${begun && html`<p class="govuk-body">Your answers were saved but not submitted, so they do not enter the results.</p>`}`,
    notice,
  )

export const notOpenYetPage = (opensOn: string, notice: string | null): Html =>
  message(
    'This survey is not open yet',
    html`<p class="govuk-body">It opens on ${opensOn}. Your link will work then.</p>`,
    notice,
  )

export const withdrawnPage = (notice: string | null): Html =>
  message(
    'Your answers are deleted',
    html`<p class="govuk-body">Your answers were withdrawn and deleted. They do not enter the results, and this link no longer works.</p>
<p class="govuk-body">You can close this page.</p>`,
    notice,
  )
