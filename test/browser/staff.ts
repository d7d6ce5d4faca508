import type { Browser } from 'playwright-core'
import { createSignInLink } from '../../server/accounts/queries.ts'
import type { Role } from '../../server/http/staff.ts'
import { createStaff, type StaffOptions } from '../factories.ts'
import type { Site } from './site.ts'
import { openVisitor, type Visitor } from './visitor.ts'

/** Where the sign-in link from the e-mail leads somebody of this role; it works once. */
export function signInAddress({ app, address }: Site, role: Role = 'admin', options?: StaffOptions): string {
  const { id: staffId } = createStaff(app, role, options)
  const { token } = createSignInLink(app.db, { tokenKey: app.context.tokenKey, staffId, now: app.time.now })
  return `${address}/sign-in/${token}`
}

/** Somebody who has signed in as people do: has opened the link from the e-mail, pressed the button, and is in the console. */
export async function openConsole(
  browser: Browser,
  site: Site,
  role: Role = 'admin',
  options?: StaffOptions,
): Promise<Visitor> {
  const visitor = await openVisitor(browser)
  const { page } = visitor
  await page.goto(signInAddress(site, role, options))
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL('**/console/**')
  return visitor
}
