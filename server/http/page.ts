import { asset } from './assets.ts'
import { html, type Html } from './html.ts'

export interface PageOptions {
  /** Of the browser's tab; the service name is added. */
  title: string
  body: Html
  /** Shown above the main part: a back link, a banner. */
  before?: Html
  /** Entries of the client bundle to load, such as `respond`. */
  scripts?: readonly ('respond' | 'console')[]
  /** What staff alone are shown has styles that respondents need not load. */
  styles?: 'pages' | 'main'
  lang?: string
}

export const serviceName = 'Local system review surveys'

/** A whole page in the GOV.UK Design System's template, in a neutral typeface and without the crown. */
export function page({
  title,
  body,
  before,
  scripts = [],
  styles = scripts.includes('console') ? 'main' : 'pages',
  lang = 'en',
}: PageOptions): Html {
  return html`<!DOCTYPE html>
<html lang="${lang}" class="govuk-template">
<head>
<meta charset="utf-8">
<title>${title} – ${serviceName}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex, nofollow">
<meta name="theme-color" content="#1d4f60">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${asset(`client/styles/${styles}.scss`)}">
${scripts.map((name) => html`<script type="module" src="${asset(`client/${name}/main.tsx`)}"></script>`)}
</head>
<body class="govuk-template__body">
<a href="#main-content" class="govuk-skip-link">Skip to main content</a>
<header class="app-header"><div class="govuk-width-container app-header__container"><span class="app-header__name">${serviceName}</span></div></header>
<div class="govuk-width-container">
${before}
<main class="govuk-main-wrapper" id="main-content">
${body}
</main>
</div>
<footer class="govuk-footer"><div class="govuk-width-container"><h2 class="govuk-visually-hidden">About this service</h2>
<ul class="govuk-footer__inline-list">
<li class="govuk-footer__inline-list-item"><a class="govuk-footer__link" href="/privacy">Privacy</a></li>
<li class="govuk-footer__inline-list-item"><a class="govuk-footer__link" href="/accessibility">Accessibility statement</a></li>
<li class="govuk-footer__inline-list-item"><a class="govuk-footer__link" href="/cookies">Cookies</a></li>
</ul></div></footer>
</body>
</html>`
}
