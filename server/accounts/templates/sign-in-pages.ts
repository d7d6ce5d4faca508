import { html, type Html } from '../../http/html.ts'
import { page } from '../../http/page.ts'
import { signInLinkMinutes } from '../rules.ts'

/** The form that asks for an address; `error` is shown in a summary and beside the field. */
export function signInPage({ email = '', error }: { email?: string; error?: string } = {}): Html {
  const summary = html`<div class="govuk-error-summary" role="alert" tabindex="-1"><h2 class="govuk-error-summary__title">There is a problem</h2>
<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list"><li><a href="#email">${error}</a></li></ul></div></div>`
  const body = html`${error && summary}
<h1 class="govuk-heading-l">Sign in</h1>
<p class="govuk-body">For people who run the surveys or read their results. If you were asked to answer a survey, use the link in your email: you do not need to sign in.</p>
<form method="post" action="/sign-in" novalidate>
<div class="govuk-form-group${error && ' govuk-form-group--error'}">
<label class="govuk-label govuk-label--s" for="email">Email address</label>
<div id="email-hint" class="govuk-hint">We will send you a link to sign in. There is no password.</div>
${error && html`<p id="email-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${error}</p>`}
<input class="govuk-input govuk-input--width-30${error && ' govuk-input--error'}" id="email" name="email" type="email" spellcheck="false" autocomplete="email" value="${email}" aria-describedby="email-hint${error && ' email-error'}">
</div>
<button type="submit" class="govuk-button" data-module="govuk-button">Send me a link</button>
</form>`
  return page({ title: error ? 'Error: Sign in' : 'Sign in', body })
}

/** The same for every address, known or not. */
export function linkSentPage(email: string): Html {
  return page({
    title: 'Check your email',
    body: html`<h1 class="govuk-heading-l">Check your email</h1>
<p class="govuk-body">If <strong>${email}</strong> has an account, a link to sign in is on its way. It works once, for ${signInLinkMinutes} minutes.</p>
<p class="govuk-body">If nothing arrives, look in your spam folder, ask for <a class="govuk-link" href="/sign-in">another link</a>, or ask an admin of the service whether you have an account.</p>`,
  })
}

/** Opening a link signs nobody in: mail scanners open links too. */
export function confirmSignInPage(email: string): Html {
  return page({
    title: 'Sign in',
    body: html`<h1 class="govuk-heading-l">Sign in</h1>
<p class="govuk-body">You are signing in as <strong>${email}</strong>.</p>
<form method="post"><button type="submit" class="govuk-button">Continue</button></form>`,
  })
}

/** One page for links that are unknown, used or expired. */
export function deadLinkPage(): Html {
  return page({
    title: 'This link does not work',
    body: html`<h1 class="govuk-heading-l">This link does not work</h1>
<p class="govuk-body">A sign-in link works once, for ${signInLinkMinutes} minutes. <a class="govuk-link" href="/sign-in">Ask for a new link</a>.</p>`,
  })
}
