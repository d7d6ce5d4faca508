import { serviceName } from '../../http/page.ts'
import { renderBody } from '../../outbox/templates.ts'

/** The message with a one-time sign-in link for staff. */
export function renderSignIn({ link, expiresAt }: { link: string; expiresAt: string }): {
  subject: string
  text: string
  html: string
} {
  const subject = `Sign in to ${serviceName}`
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeStyle: 'short' }).format(
    new Date(expiresAt),
  )
  return {
    subject,
    ...renderBody(subject, [
      { paragraph: `Use this link to sign in to ${serviceName}. It works once, until ${time}.` },
      { action: 'Sign in', url: link },
      { paragraph: 'If you did not ask for it, ignore this message: nobody can sign in without it.' },
    ]),
  }
}
