import { Router } from 'express'
import { html } from './html.ts'
import { page } from './page.ts'

/** The staff console is one page; its addresses are the client's. Signed out, the way leads to the sign-in page. */
export function consolePages(): Router {
  const router = Router()
  router.get('/{*path}', (req, res) => {
    if (!req.staff) return res.redirect(303, '/sign-in')
    const before = html`<div id="console-navigation"></div>`
    const body = html`<div id="console"><p class="govuk-body">Loading</p><noscript><p class="govuk-body">The console needs JavaScript. Surveys are answered without it.</p></noscript></div>`
    res.type('html').send(page({ title: 'Console', before, body, scripts: ['console'] }).text)
  })
  return router
}
