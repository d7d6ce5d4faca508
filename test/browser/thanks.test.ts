import { expect, test } from 'vitest'
import { createSignInLink, saveStaff } from '../../server/accounts/queries.ts'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { addResponses, openPersonalCollection } from '../factories.ts'
import { expectAccessible } from './accessible.ts'
import { browser, site } from './running-site.ts'
import { openVisitor } from './visitor.ts'

test('an admin plans a thank-you, tries it, and after the close a note on results', async () => {
  const { app, address } = site
  const { db, time, context } = app
  const { collection, invitations } = openPersonalCollection(app, { name: 'Thanked', services: 2 })
  addResponses(app, collection.id, [{ answers: { older_people_discharged: 'yes' }, invitation: invitations[0]! }])
  const person = saveStaff(db, { email: 'admin@example.org', role: 'admin', now: time.now })
  const { token } = createSignInLink(db, { tokenKey: context.tokenKey, staffId: person.id, now: time.now })
  const { page, leave } = await openVisitor(browser)
  await page.goto(`${address}/sign-in/${token}`)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL('**/console/**')
  const schedule = `${address}/console/collections/${collection.id}/schedule`
  await page.goto(schedule)
  const press = (name: string) => page.getByRole('button', { name }).click()
  const thanks = page.getByLabel('Day of the thank-you (optional)')
  const note = page.getByLabel('Day of the note on results (optional)')

  await thanks.fill('2026-05-01')
  await press('Save the schedule')
  await page.getByRole('alert').getByText('The thank-you of 2026-05-01 lies in the past.').first().waitFor()
  await thanks.fill('2026-06-29')
  await press('Save the schedule')
  await page.getByText('The schedule is saved.').waitFor()
  await press('Who would get a thank-you now')
  await page.getByText('1 service would get a thank-you, and 1 would not.').waitFor()
  await page.getByText('It has no complete answer.').waitFor()
  await expectAccessible(page, 'dry run of a thank-you')

  closeCollection(db, collection.id, { actor: 'admin@example.org', now: time.now })
  await page.goto(schedule)
  await page.getByRole('heading', { level: 1, name: 'Schedule' }).waitFor()
  expect(await page.getByLabel('Days of the reminders').count()).toBe(0)
  expect(await thanks.inputValue()).toBe('2026-06-29')
  await note.fill('2026-07-06')
  await press('Save the schedule')
  await page.getByText('The schedule is saved.').waitFor()
  await page.getByRole('row', { name: '6 July 2026' }).getByText('once results are released').waitFor()
  await press('Who would get the note on results now')
  await page.getByText('1 service would get the note on results').waitFor()
  await expectAccessible(page, 'schedule after the close')
  await leave()
}, 60_000)
