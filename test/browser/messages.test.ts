import { expect, test } from 'vitest'
import { getInvitation } from '../../server/invitations/queries/invitations.ts'
import { unsubscribeAddress } from '../../server/message-templates/rules/message-fields.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { openCascadeCollection, openPersonalCollection } from '../factories.ts'
import { expectAccessible } from './accessible.ts'
import { browser, site } from './running-site.ts'
import { openConsole } from './staff.ts'
import { openVisitor } from './visitor.ts'

test('an admin changes the words of an invitation: told what is wrong, shown a preview, sent a test, and back again', async () => {
  const { collection } = openPersonalCollection(site.app, {
    services: [{ name: 'Elm House', contactName: 'Siân Rees' }],
  })
  const visitor = await openConsole(browser, site)
  const { page } = visitor
  await page.goto(`${site.address}/console/collections/${collection.id}`)
  await page.getByRole('link', { name: 'Read or change the words of messages' }).click()
  await page.getByRole('heading', { level: 1, name: 'Words of the messages' }).waitFor()
  await expectAccessible(page, 'messages')
  expect(await page.getByRole('row').count()).toBe(8)
  await page.getByRole('link', { name: 'Invitation', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Invitation' }).waitFor()
  await page.getByText('Fields that you can use').click()
  await expectAccessible(page, 'invitation')

  await page.getByLabel('Message', { exact: true }).fill('Dear {{contact_name,\n\n{{link}}')
  await page.getByRole('button', { name: 'Save the words' }).click()
  await page.getByRole('link', { name: 'A way to decline is missing: add {{decline_link}}.' }).waitFor()
  await page.getByRole('link', { name: 'A field is opened with {{ and not closed' }).waitFor()
  await expectAccessible(page, 'invitation with faults')
  expect(await page.getByLabel('Message', { exact: true }).inputValue()).toContain('Dear {{contact_name,')

  await page
    .getByLabel('Message', { exact: true })
    .fill('Dear {{contact_name}},\n\n[Go]({{link}})\n\nNo: {{decline_link}}')
  await page.getByLabel('Subject').fill('For {{service}}')
  await page.getByRole('button', { name: 'Preview the message' }).click()
  const preview = page.getByRole('region', { name: 'Preview' })
  await preview.getByText('For Elm House', { exact: true }).waitFor()
  expect(await preview.innerText()).toContain('Dear Siân Rees,')
  expect(await preview.innerText()).toContain('/r/example-link/decline')
  await expectAccessible(page, 'invitation with preview')

  await page.getByRole('button', { name: 'Save the words' }).click()
  await page.getByText('The words are saved').waitFor()
  await page.getByRole('button', { name: 'Send a test' }).click()
  await page.getByText('A test of the saved words is on its way to admin@example.org').waitFor()
  await sendDueMessages(site.app.context)
  expect(site.app.context.mailer.sent.at(-1)).toMatchObject({
    to: 'admin@example.org',
    subject: '[Test] For Elm House',
  })

  await page.getByRole('button', { name: 'Go back to the standard words' }).click()
  await page.getByText('The standard words are back').waitFor()
  expect(await page.getByLabel('Subject').inputValue()).toContain('please answer')
  await visitor.leave()
})

test('the words of a cascade are the coordinators’ and those who finish later', async () => {
  const { collection } = openCascadeCollection(site.app, { name: 'Audit' })
  const visitor = await openConsole(browser, site)
  await visitor.page.goto(`${site.address}/console/collections/${collection.id}/messages/coordinator`)
  await visitor.page.getByRole('heading', { level: 1, name: 'To coordinators, to pass on' }).waitFor()
  await expectAccessible(visitor.page, 'coordinator')
  await visitor.leave()
})

test.each([{ javaScript: true }, { javaScript: false }])(
  'a person stops messages by a choice, never by pressing alone (%o)',
  async ({ javaScript }) => {
    const { invitations } = openPersonalCollection(site.app, { services: 1 })
    const { invitation } = invitations[0]!
    const stoppedAt = () => getInvitation(site.app.db, invitation.id)!.invitation.unsubscribedAt
    const visitor = await openVisitor(browser, { javaScript, inspected: true })
    const { page } = visitor
    await page.goto(unsubscribeAddress(site.address, site.app.context.tokenKey, invitation))
    await expectAccessible(page, 'unsubscribe')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('link', { name: 'Select whether you want messages' }).waitFor()
    await expectAccessible(page, 'unsubscribe, nothing selected')
    expect(stoppedAt()).toBeNull()
    await page.getByLabel('Send no more messages about this survey').check()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { level: 1, name: 'You will get no more messages about this survey' }).waitFor()
    await expectAccessible(page, 'unsubscribed')
    expect(stoppedAt()).not.toBeNull()
    await visitor.leave()
  },
)
