import { formatLondonDate } from '../../time/london-dates.ts'
import { html, type Html } from '../../http/html.ts'
import { respondentPage } from '../../http/respondent-page.ts'

export const message = (title: string, body: Html, notice: string | null = null): Html =>
  respondentPage({
    title,
    notice,
    body: html`<h1 class="govuk-heading-l">${title}</h1>
${body}`,
  })

/** The same for a token that is unknown, expired or withdrawn: it tells nobody whether the link ever was one. */
export const neutralPage = (): Html =>
  message(
    'This link does not work',
    html`<p class="govuk-body">If you typed the address, check it. If you clicked a link, it may have been cut in two: copy the whole of it from the email.</p>
<p class="govuk-body">A link stops working when answers are withdrawn and when the time for keeping it has passed.</p>
<p class="govuk-body">If you need a new link, reply to the email that brought it, or ask the person who passed it on.</p>`,
  )

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
