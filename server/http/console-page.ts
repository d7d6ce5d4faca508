import { Router } from 'express'
import { html } from './html.ts'
import { page } from './page.ts'

/** The staff console is one page; its addresses are the client's. Signed out, the way leads to the sign-in page. */
export function consolePages(): Router {
  const router = Router()
  router.get('/{*path}', (req, res) => {
    if (!req.staff) return res.redirect(303, '/sign-in')
    res.type('html').send(page({ title: 'Console', body: html`<div id="console"><noscript><p class="govuk-body">The console needs JavaScript.</p></noscript></div>`, scripts: ['console'] }).text)
  })
  return router
}
