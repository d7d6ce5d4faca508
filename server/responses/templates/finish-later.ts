import { formatLondonDate } from '../../time/london-dates.ts'
import { html, type Html } from '../../http/html.ts'
import { respondentPage, message } from '../../http/respondent-page.ts'
import { typedField, type TypedPage } from './own-choice.ts'

interface Later {
  base: string
  notice: string | null
  closesAt: string
}

/** Where to send the link that leads back to the answers. */
export function finishLaterPage({ base, notice, closesAt, values, problems }: Later & TypedPage): Html {
  const title = 'Send yourself a link to finish later'
  const field = {
    name: 'email',
    label: 'Your email address',
    hint: 'We use it only to send you the link, and delete it when you submit or withdraw your answers.',
    type: 'email',
    autocomplete: 'email',
  }
  const body = html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Your answers so far are saved. With the link you can go on until the end of ${formatLondonDate(closesAt)}. Whoever has the link can read and change your answers.</p>
<form method="post" action="${base}/later" novalidate>
${typedField(field, values.email, problems)}<button type="submit" class="govuk-button">Continue</button>
</form>`
  return respondentPage({ title, body, notice, back: base, problems })
}

export const linkSentPage = ({ base, notice, closesAt }: Later): Html =>
  message(
    'We will email you your link',
    html`<p class="govuk-body">We send it to the address that you gave. If it has not come after an hour, look among unwanted mail.</p>
<p class="govuk-body">You can <a class="govuk-link" href="${base}">go on now</a>, or close this page and go on later, until the end of ${formatLondonDate(closesAt)}.</p>`,
    notice,
  )

export const nothingSavedPage = ({ base, notice, closesAt }: Later): Html =>
  message(
    'Nothing is saved yet',
    html`<p class="govuk-body">You have not answered any question yet. The link in your email works until the end of ${formatLondonDate(closesAt)}.</p>
<p class="govuk-body"><a class="govuk-link" href="${base}">Go back to the survey</a></p>`,
    notice,
  )
