import { expect, test } from 'vitest'
import { takeInReport } from '../../server/invitations/import/take-in-report.ts'
import { queueCoordinatorMessages } from '../../server/cascade/queries/coordinator-messages.ts'
import { saveCoordinators } from '../../server/cascade/queries/coordinators.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { reportOn, sentMessages } from '../delivery-reports/reported.ts'
import { openCascadeCollection } from '../factories.ts'
import { expectAccessible } from './accessible.ts'
import { browser, site } from './running-site.ts'
import { openConsole } from './staff.ts'
import { letLastDayPass } from './stored.ts'

test('an admin sees that the message to a coordinator came back, corrects it, withdraws the link and takes that back', async () => {
  const { app, address } = site
  const { db, time, context } = app
  const who = { actor: 'admin@example.org', now: time.now, tokenKey: context.tokenKey }
  const { collection } = openCascadeCollection(app, { name: 'Came back' })
  const row = {
    row: 2,
    system: 'trafford',
    sector: '',
    name: 'Ann',
    organisation: 'Age Well',
    email: 'gone@example.org',
  }
  saveCoordinators(db, collection.id, [row], who)
  queueCoordinatorMessages(db, collection.id, who)
  await sendDueMessages(context)
  const message = sentMessages(app).find(({ recipient }) => recipient === 'gone@example.org')!
  const report = reportOn(app, message, 'postfix--unknown-user--hard', { recipient: row.email })
  await takeInReport(context, Buffer.from(report), 'upload')

  const { page, leave } = await openConsole(browser, site)
  await page.goto(`${address}/console/collections/${collection.id}/coordinators`)
  const row1 = page.getByRole('row', { name: 'Age Well' })
  await row1.getByText('Address does not work').waitFor()
  expect(await row1.textContent()).toContain('5.1.1')
  await expectAccessible(page, 'coordinators, one came back')

  await page.getByRole('link', { name: 'Age Well', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Age Well' }).waitFor()
  await expectAccessible(page, 'one coordinator')
  const press = (name: string) => page.getByRole('button', { name }).click()
  await press('Save and send the message')
  await page.getByRole('alert').getByText('This is an address that did not work').waitFor()
  await page.getByLabel('Email address').fill('here@example.org')
  await press('Save and send the message')
  await page.getByText('The message is on its way to here@example.org.').waitFor()

  await press('Withdraw the link')
  await page.getByRole('alert').getByText('Say why.').waitFor()
  await expectAccessible(page, 'one coordinator, refused')
  await page.getByLabel('Reason').fill('It was posted in public.')
  await press('Withdraw the link')
  await page.getByText('The link is withdrawn.').waitFor()
  await page.getByText('It was posted in public.').waitFor()
  await expectAccessible(page, 'one coordinator, withdrawn')
  await press('Let the link work again')
  await page.getByText('The link works again.').waitFor()
  await page.getByRole('button', { name: 'Withdraw the link' }).waitFor()

  letLastDayPass(app, collection.id)
  await page.getByRole('link', { name: 'Coordinators', exact: true }).click()
  await page.getByText('No messages can be sent to coordinators: Its last day has passed.').waitFor()
  await expectAccessible(page, 'coordinators, nothing can be sent')
  await leave()
})
