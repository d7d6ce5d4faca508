import { formatLondonDate } from '../../time/london-dates.ts'
import { html, type Html } from '../../http/html.ts'
import { page } from '../../http/page.ts'
import { qrCode } from './qr-code.ts'

export interface PosterWords {
  title: string
  minutes: number
  system: string
  organisation: string | null
  closesAt: string
  /** Such as that everything is synthetic. */
  notice: string | null
  shortUrl: string
}

/** Broken, where it must be, before its code and never within. */
function addressToType(typed: string): Html {
  const code = typed.lastIndexOf('/') + 1
  return html`${typed.slice(0, code)}<wbr><span class="app-code-to-type">${typed.slice(code)}</span>`
}

/** One sheet to print and put up: what it is about, the code to scan, and the address to type. */
export function posterPage({ title, minutes, system, organisation, closesAt, notice, shortUrl }: PosterWords): Html {
  const typed = shortUrl.replace(/^https?:\/\//, '')
  return page({
    title: `Poster: ${title}`,
    body: html`<div class="app-poster">
${notice && html`<p class="govuk-body app-notice">${notice}</p>`}
<h1 class="govuk-heading-xl">How well do we work together for older people in ${system}?</h1>
<p class="govuk-body-l">Tell us what you see${organisation && ` at ${organisation}`}. Your view counts, whatever your role.</p>
<div class="app-poster__answer">
<div class="app-poster__code">${qrCode(shortUrl, `QR code that leads to ${typed}`)}</div>
<div>
<p class="govuk-body-l">Scan the code, or go to</p>
<p class="govuk-heading-l app-address">${addressToType(typed)}</p>
</div>
</div>
<ul class="govuk-list govuk-list--bullet">
<li>It takes about ${minutes} minutes, on any phone or computer.</li>
<li>We do not ask for your name, and your employer does not see what you answer.</li>
<li>Taking part is voluntary.</li>
<li>You can answer until the end of ${formatLondonDate(closesAt)}.</li>
</ul>
<p class="govuk-body">"${title}" is part of a review of how well older people move between hospital, home and care services.</p>
</div>`,
  })
}
