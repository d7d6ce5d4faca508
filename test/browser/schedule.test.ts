import { expect, test } from 'vitest'
import { sendDueMessages } from '../../server/mail.ts'
import { openPersonalCollection } from '../factories.ts'
import { expectAccessible } from './accessible.ts'
import { browser, site } from './running-site.ts'
import { openConsole } from './staff.ts'

test('an admin plans, looks who would get a reminder, pauses, resumes and extends', async () => {
  const { app, address } = site
  const { collection } = openPersonalCollection(app, { services: [{}, {}, { contactEmail: null }] })
  const { page, leave } = await openConsole(browser, site)
  await page.goto(`${address}/console/collections/${collection.id}`)
  await page.getByRole('link', { name: 'Schedule of reminders' }).click()
  await page.getByText('This is the standard plan.').waitFor()
  await expectAccessible(page, 'schedule')
  const press = (name: string) => page.getByRole('button', { name }).click()
  const says = (text: string) => page.getByText(text).first().waitFor()

  const typeDay = async (group: string, parts: Record<string, string>) => {
    for (const [part, value] of Object.entries(parts))
      await page.getByRole('group', { name: group }).getByLabel(part, { exact: true }).fill(value)
  }

  await typeDay('Day of the invitation (optional)', { Day: '1', Month: '6', Year: '2026' })
  await page.getByLabel('Days of the reminders').fill('2 June 2026\ntomorrow')
  await page.getByLabel('Messages a minute').fill('ten')
  await press('Save the schedule')
  await page.locator('.govuk-error-summary').getByText('“tomorrow” is not a day of a reminder').waitFor()
  await page.locator('.govuk-error-summary').getByText('Messages a minute must be a whole number').waitFor()
  expect(await page.getByLabel('Messages a minute').inputValue()).toBe('ten')
  await expectAccessible(page, 'schedule with a mistake')
  await page.getByLabel('Messages a minute').fill('')
  await page.getByLabel('Days of the reminders').fill('8 June 2026\n8/6/2026')
  await press('Save the schedule')
  await page.getByRole('link', { name: 'Two mailings fall on the same day, Monday 8 June 2026.' }).click()
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('reminders')
  await page.getByLabel('Days of the reminders').fill('8 June 2026\n23/6/2026')
  await page.getByLabel('Messages a minute').fill('')
  await press('Save the schedule')
  await says('The schedule is saved.')
  await says('8 June 2026')

  expect(await sendDueMessages(app.context)).toBe(2)
  await press('Who would get a reminder now')
  await says('It had a message in the last two days.')
  await says('No address is known.')
  await expectAccessible(page, 'dry run')

  await press('Pause sending')
  await says('Sending is paused. Nothing leaves until you resume it.')
  await page.goto(`${address}/console/collections/${collection.id}/invitations`)
  await says('Sending has been paused since')
  await expectAccessible(page, 'invitations while sending is paused')
  await page.getByRole('table', { name: 'Messages' }).getByRole('link').first().click()
  await page.getByRole('button', { name: 'Send the link again', exact: true }).click()
  await says('The link to manager1@example.org waits: sending is paused.')
  await page.goto(`${address}/console/collections/${collection.id}/schedule`)
  await press('Resume sending')
  await says('Sending is resumed.')
  await page.getByText('Sending has been paused since').waitFor({ state: 'detached' })

  await typeDay('New last day', { Day: '3', Month: '7', Year: '2026' })
  await press('Extend the collection')
  await says('Answers are now taken until the end of 3 July 2026.')
  // The reminder three days before the close has moved: the form must not put it back.
  await expect.poll(() => page.getByLabel('Days of the reminders').inputValue()).toBe('8 June 2026\n30 June 2026')
  await expectAccessible(page, 'extended')
  await leave()
})
