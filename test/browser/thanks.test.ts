import { expect, test } from 'vitest'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { addResponses, openPersonalCollection } from '../factories.ts'
import { expectAccessible } from './accessible.ts'
import { browser, site } from './running-site.ts'
import { openConsole } from './staff.ts'

test('an admin plans a thank-you, tries it, and after the close a note on results', async () => {
  const { app, address } = site
  const { db, time } = app
  const { collection, invitations } = openPersonalCollection(app, { name: 'Thanked', services: 2 })
  addResponses(app, collection.id, [{ answers: { older_people_discharged: 'yes' }, invitation: invitations[0]! }])
  const { page, leave } = await openConsole(browser, site)
  const schedule = `${address}/console/collections/${collection.id}/schedule`
  await page.goto(schedule)
  const press = (name: string) => page.getByRole('button', { name }).click()
  const part = (group: string, name: string) =>
    page.getByRole('group', { name: `Day of the ${group} (optional)` }).getByLabel(name, { exact: true })
  const typeDay = async (group: string, day: string, month: string) => {
    for (const [name, value] of Object.entries({ Day: day, Month: month, Year: '2026' }))
      await part(group, name).fill(value)
  }

  await typeDay('thank-you', '1', '5')
  await press('Save the schedule')
  await page.getByRole('alert').getByText('The thank-you of Friday 1 May 2026 lies in the past.').first().waitFor()
  await typeDay('thank-you', '29', '6')
  await press('Save the schedule')
  await page.getByText('The schedule is saved.').waitFor()
  await press('Who would get a thank-you now')
  await page.getByText('1 service would get a thank-you now.').waitFor()
  await page.getByText('It has no complete answer.').first().waitFor()
  await expectAccessible(page, 'dry run of a thank-you')

  closeCollection(db, collection.id, { actor: 'admin@example.org', now: time.now })
  await page.goto(schedule)
  await page.getByRole('heading', { level: 1, name: 'Schedule' }).waitFor()
  expect(await page.getByLabel('Days of the reminders').count()).toBe(0)
  expect(await part('thank-you', 'Day').inputValue()).toBe('29')
  await typeDay('note on results', '6', '7')
  await press('Save the schedule')
  await page.getByText('The schedule is saved.').waitFor()
  await page.getByRole('row', { name: '6 July 2026' }).getByText('once results are released').waitFor()
  await press('Who would get the note on results now')
  await page.getByText('1 service would get the note on results now.').waitFor()
  await expectAccessible(page, 'schedule after the close')
  await leave()
})
