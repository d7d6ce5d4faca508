import { formatLondonDate } from '../../time/london-dates.ts'
import { html, type Html } from '../../http/html.ts'
import { respondentPage } from '../../http/respondent-page.ts'

export interface CoordinatorPage {
  /** The page's own address. */
  base: string
  title: string
  system: string
  organisation: string | null
  notice: string | null
  closesAt: string
  closed: boolean
  /** Submitted answers; null while there are fewer than `k`. */
  answers: number | null
  k: number
  declaredReach: number | null
  url: string
  shortUrl: string
  posterUrl: string
  /** What was typed and refused, with the reason. */
  refused?: { typed: string; message: string }
  saved: boolean
}

const reach = new Intl.NumberFormat('en-GB')

/** A coordinator's own page: a count from the threshold up, what to pass on, and how many it was passed to. */
export function coordinatorPage(words: CoordinatorPage): Html {
  const { title, system, organisation, notice, closesAt, closed, answers, k, saved, refused } = words
  const whom = organisation ?? system
  return respondentPage({
    title: `Answers from ${whom}`,
    notice,
    problems: refused ? [{ href: 'reach', message: refused.message }] : [],
    body: html`${saved && savedBanner}
<span class="govuk-caption-l">${title}, ${system}</span>
<h1 class="govuk-heading-l">Answers from ${whom}</h1>
<p class="govuk-body-l">${answers === null ? `Fewer than ${k} people have answered so far.` : `${reach.format(answers)} people have answered.`}</p>
<p class="govuk-body">${answers === null ? `A number is shown here from ${k} up, so that nobody can be singled out. ` : ''}Who answered, and what, is not shown to you or to your organisation.</p>
<p class="govuk-body">${closed ? 'The survey is closed.' : `The survey closes at the end of ${formatLondonDate(closesAt)}.`}</p>
${!closed && toPassOn(words)}
${reachForm(words)}`,
  })
}

const savedBanner = html`<div class="govuk-notification-banner govuk-notification-banner--success" role="alert" tabindex="-1" autofocus aria-labelledby="saved-title">
<div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="saved-title">Success</h2></div>
<div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">Your number is saved.</p></div>
</div>`

const toPassOn = ({
  url,
  shortUrl,
  posterUrl,
}: CoordinatorPage): Html => html`<h2 class="govuk-heading-m">What to pass on</h2>
<p class="govuk-body">The link to send by email:<br><span class="app-address">${url}</span></p>
<p class="govuk-body">The short address, to type:<br><strong class="app-address">${shortUrl}</strong></p>
<p class="govuk-body"><a class="govuk-link" href="${posterUrl}">A poster with a code to scan</a>, to print and put up</p>
`

function reachForm({ base, declaredReach, refused }: CoordinatorPage): Html {
  const error =
    refused &&
    html`<p id="reach-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${refused.message}</p>`
  return html`<h2 class="govuk-heading-m">How many people did you pass it to?</h2>
${declaredReach !== null && html`<p class="govuk-body">You said: ${reach.format(declaredReach)}. You can change it.</p>`}
<form method="post" action="${base}/reach" novalidate>
<div class="govuk-form-group${refused ? ' govuk-form-group--error' : ''}">
<label class="govuk-label" for="reach">Number of people</label>
<div id="reach-hint" class="govuk-hint">Your best estimate helps to understand how many of those asked took part.</div>
${error}
<input class="govuk-input govuk-input--width-5${refused ? ' govuk-input--error' : ''}" id="reach" name="reach" type="text" inputmode="numeric" autocomplete="off" aria-describedby="reach-hint${refused ? ' reach-error' : ''}" value="${refused?.typed ?? declaredReach}">
</div>
<button type="submit" class="govuk-button">Save</button>
</form>`
}
