import { html, type Html } from './html.ts'
import { page } from './page.ts'

export interface Problem {
  /** The id of the field to go to, without #; or an address. */
  href: string
  message: string
}

export interface Layout {
  title: string
  body: Html
  back?: string
  /** What is said on every page of the collection: that it is synthetic, for one. */
  notice?: string | null
  problems?: readonly Problem[]
  scripts?: readonly 'respond'[]
}

/** The address of a field, or of a page where there is no such field here. */
const target = (href: string) => (href.startsWith('/') ? href : `#${href}`)

/** "There is a problem", focused by the browser itself when the page has loaded. */
function errorSummary(problems: readonly Problem[]): Html {
  return html`<div class="govuk-error-summary" tabindex="-1" autofocus><div role="alert">
<h2 class="govuk-error-summary__title">There is a problem</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">
${problems.map(
  ({ href, message }) => html`<li><a href="${target(href)}">${message}</a></li>
`,
)}</ul></div>
</div></div>`
}

/** A respondent's page: one column, the title saying when something is wrong. */
export function respondentPage({ title, body, back, notice, problems = [], scripts }: Layout): Html {
  return page({
    title: problems.length > 0 ? `Error: ${title}` : title,
    before: back === undefined ? undefined : html`<a href="${back}" class="govuk-back-link">Back</a>`,
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
${notice && html`<p class="govuk-body app-notice">${notice}</p>`}
${problems.length > 0 && errorSummary(problems)}
${body}
</div></div>`,
    scripts,
  })
}

/** A page that says one thing. */
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
