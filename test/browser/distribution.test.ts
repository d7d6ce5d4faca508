// Distribution as an admin and the invited meet it: by the pages and by e-mail alone, from the schedule to the close.
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consolePages, signInByMail } from './console-pages.ts'
import { startInstallation, type Installation } from './installation.ts'
import { startMailServer, unknownUserReport, type MailServer, type ReceivedMail } from './mail-server.ts'
import { choose, heading, pressContinue, startAnswering } from './questionnaire.ts'
import { openCollectionOf } from './register-excerpt.ts'
import { browser } from './running-site.ts'
import { openVisitor, type Visitor } from './visitor.ts'

const adminAddress = 'admin@example.org'
const beforeTheWindow = '2026-06-01T07:30:00Z' // half past eight in London, a Monday

// The first homes of the register, and what becomes of each.
const answers = 'Bickham House'
const bounces = 'Lime Tree House'
const passesOn = 'Headonhey'
const declines = 'Hayling Road'
const staysSilent = 'Ashton Lane'
const isLost = 'Wyncourt Nursing Home'
const hasNoAddress = 'Heathside Retirement Home'
const addresses: Record<string, string> = {
  [answers]: 'answers@example.org',
  [bounces]: 'bounces@example.org',
  [passesOn]: 'passes-on@example.org',
  [declines]: 'declines@example.org',
  [staysSilent]: 'silent@example.org',
  [isLost]: 'lost@example.org',
}

let mailServer: MailServer
let installation: Installation
let visitor: Visitor
let admin: ReturnType<typeof consolePages>
beforeAll(async () => {
  mailServer = await startMailServer()
  installation = await startInstallation({
    settings: { SMTP_URL: mailServer.url, MAIL_FROM: 'surveys@example.org' },
    moment: beforeTheWindow,
  })
  const id = await openCollectionOf(installation, { ...addresses, [hasNoAddress]: null })
  await installation.cli('sign-in-link', adminAddress, '--role', 'admin')
  visitor = await openVisitor(browser)
  admin = consolePages(visitor.page, `${installation.address}/console/collections/${id}`)
})
afterAll(async () => {
  await installation.stop()
  await mailServer.close()
})

/** Everything but what went to the admin, in the order of arrival. */
const toPeople = () => mailServer.mails.filter(({ to }) => to !== adminAddress)
const recipients = (mails: readonly ReceivedMail[]) => mails.map(({ to }) => to).sort()
const linkIn = ({ text }: ReceivedMail) => /http\S+\/r\/[\w-]+/.exec(text)?.[0] ?? 'no link'
const invited = (service: string) => toPeople().find(({ to }) => to === addresses[service])!

/** What has come to people beyond the first `before` messages, once there are `count`. */
async function arrived(before: number, count: number): Promise<ReceivedMail[]> {
  await expect.poll(() => toPeople().length).toBeGreaterThanOrEqual(before + count)
  await installation.everythingNoted()
  return toPeople().slice(before)
}

/** Asks for a sign-in link, which leaves with the next look into the outbox: once it has come, nothing has left that should not. */
async function nothingMoreThan(count: number): Promise<void> {
  const before = mailServer.mails.length - toPeople().length
  const { address } = installation
  await visitor.page.request.post(`${address}/sign-in`, { form: { email: adminAddress }, headers: { origin: address } })
  await expect.poll(() => mailServer.mails.length - toPeople().length).toBe(before + 1)
  await installation.everythingNoted()
  expect(recipients(toPeople())).toHaveLength(count)
}

const signIn = () => signInByMail(visitor.page, { address: installation.address, person: adminAddress, mailServer })

const outcome = () => admin.page.locator('.govuk-summary-list__row', { hasText: 'Outcome' }).locator('dd').innerText()
const history = () => admin.columns('What happened', 'What', 'To or by')
const journey = (message: string, to: string | undefined) =>
  ['waiting to leave', 'leaving', 'handed to the mail server'].map((event) => [`${message} ${event}`, to])

async function visitInvitation(service: string): Promise<void> {
  await admin.visit('/invitations')
  await admin.page.getByRole('link', { name: service }).first().click()
  await heading(admin.page, service).waitFor()
}

async function progress(): Promise<Record<string, string> | undefined> {
  await admin.visit('/progress')
  return (await admin.readTable('Progress'))[0]
}

async function planMailings(): Promise<void> {
  const { page } = admin
  await signIn()
  await admin.visit('')
  await page.getByRole('link', { name: 'Schedule of reminders' }).click()
  await admin.says('This is the standard plan.')
  await page.getByLabel('Messages leave from').fill('9:00')
  await page.getByLabel('Messages leave until').fill('17:00')
  await page.getByLabel('Messages a minute').fill('4')
  await admin.typeDay('Day of the invitation', '1', '6', '2026')
  await page.getByLabel('Days of the reminders').fill('8 June 2026\n12 June 2026')
  await admin.press('Save the schedule')
  await admin.says('The schedule is saved.')
  await admin.says('from 09:00 to 17:00 UK time, 4 a minute at most')
  expect(await admin.columns('Calendar', 'Mailing', 'Leaves')).toEqual([
    ['Invitation', 'From 1 June 2026 at 09:00'],
    ['Reminder', 'From 8 June 2026 at 09:00'],
    ['Reminder', 'From 12 June 2026 at 09:00'],
  ])
}

async function seeWhoWouldBeInvited(): Promise<void> {
  await admin.press('Who would get an invitation now')
  await admin.says('6 services would get an invitation now. Nothing was sent.')
  await admin.says('The last leaves about 1 June 2026 at 09:01')
  expect(Object.fromEntries(await admin.columns('Would get an invitation', 'Service', 'To'))).toEqual(addresses)
  expect(await admin.columns('Would get an invitation', 'Leaves from')).toEqual(Array(6).fill(['1 June 2026 at 09:00']))
  await admin.page.getByText('List them').click()
  expect(await admin.columns('Would get none', 'Service', 'Why')).toEqual([[hasNoAddress, 'No address is known.']])
}

/** By hand, half an hour before the window opens, four a minute. */
async function sendInvitations(): Promise<void> {
  await admin.visit('/invitations')
  await admin.press('Send 6 invitations')
  await admin.says('6 invitations will leave from 1 June 2026 at 09:00, one after another.')
  expect(await admin.columns('Messages', 'Message', 'State')).toEqual(Array(6).fill(['Invitation', 'Waiting']))
  await nothingMoreThan(0)
  await installation.moveTo('2026-06-01T08:00:00Z')
  await arrived(0, 4)
  await nothingMoreThan(4)
  await admin.visit('/schedule')
  expect((await admin.columns('Calendar', 'Waiting', 'Sent'))[0]).toEqual(['2', '4'])
  await installation.moveTo('2026-06-01T08:02:00Z')
  expect(recipients(await arrived(0, 6))).toEqual(Object.values(addresses).sort())
  await admin.visit('/invitations')
  expect(await admin.columns('Messages', 'State')).toEqual(Array(6).fill(['Sent']))
  await visitInvitation(staysSilent)
  expect(await history()).toEqual(journey('Invitation', addresses[staysSilent]))
  expect(await progress()).toMatchObject({ Services: '7', Invited: '6', 'Handed over': '6', Bounced: '0' })
}

/** One report comes into the folder, as a mail server puts it there; the admin hands in the other. */
async function takeBouncesIn(): Promise<void> {
  const { folder, address } = installation
  writeFileSync(join(folder, 'report'), unknownUserReport(invited(bounces)))
  renameSync(join(folder, 'report'), join(folder, 'bounces/1.eml'))
  await admin.page.goto(`${address}/console/delivery-reports`)
  const report = { mimeType: 'message/rfc822', buffer: Buffer.from(unknownUserReport(invited(isLost))) }
  await admin.page.getByLabel('A report, saved as an .eml file').setInputFiles({ ...report, name: '2.eml' })
  await admin.press('Hand in the report')
  await admin.says('The report is taken in: address does not work.')
  const worklist = async () => {
    await admin.visit('/undelivered')
    return admin.columns('Services to ring', 'Service', 'Telephone', 'Address')
  }
  await expect.poll(worklist).toEqual([
    [bounces, '01619737956', addresses[bounces]],
    [isLost, '01619621290', addresses[isLost]],
  ])
  expect(await progress()).toMatchObject({ 'Handed over': '6', Bounced: '2' })
}

async function correctAndResend(): Promise<void> {
  await admin.visit('/undelivered')
  await admin.page.getByRole('link', { name: `Correct the address of ${bounces}` }).click()
  await admin.page.getByLabel('Email address').fill('corrected@example.org')
  await admin.press('Correct and send the link again')
  await admin.says('The link is on its way to corrected@example.org.')
  const [resent] = await arrived(6, 1)
  expect(resent!.to).toBe('corrected@example.org')
  expect(linkIn(resent!)).toBe(linkIn(invited(bounces)))
  await visitInvitation(bounces)
  expect(await history()).toEqual([
    ...journey('Invitation', addresses[bounces]),
    ['Invitation came back: the address does not work', addresses[bounces]],
    ['Contact corrected', adminAddress],
    ['Link sent again', adminAddress],
    ...journey('Link', 'corrected@example.org'),
  ])
  await admin.visit('/invitations')
  expect((await admin.columns('Messages', 'Service', 'Message', 'State')).slice(-3)).toEqual([
    [bounces, 'Invitation', 'Came back'],
    [bounces, 'Link sent again', 'Sent'],
    [isLost, 'Invitation', 'Came back'],
  ])
  await admin.visit('/undelivered')
  expect(await admin.columns('Services to ring', 'Service')).toEqual([[isLost]])
  expect(await progress()).toMatchObject({ 'Handed over': '6', Bounced: '1' })
}

/** The manager passes it on by the link of the e-mail; the colleague begins by the fresh one. Returns the colleague's message. */
async function passOnToColleague(manager: Visitor): Promise<ReceivedMail> {
  const { page } = manager
  const own = linkIn(invited(passesOn))
  await page.goto(own)
  await page.getByRole('link', { name: 'I cannot or do not want to answer' }).click()
  await page.getByLabel('Somebody else is the right person to answer').check()
  await pressContinue(page)
  await page.getByLabel('Their name').fill('Asha Patel')
  await page.getByLabel('Their email address').fill('colleague@example.org')
  await pressContinue(page)
  await heading(page, 'You have told us that somebody else is the right person to answer').waitFor()
  const [fresh] = await arrived(7, 1)
  expect(fresh!.to).toBe('colleague@example.org')
  expect(linkIn(fresh!)).not.toBe(own)
  await visitInvitation(passesOn)
  expect(await outcome()).toBe('Contact only: somebody was reached, nothing begun')

  const colleague = await openVisitor(browser)
  await startAnswering(colleague, linkIn(fresh!))
  await choose(colleague.page, 'older_people_discharged', 'yes')
  await pressContinue(colleague.page)
  await heading(colleague.page, 'Your service').waitFor({ state: 'detached' })
  await colleague.leave()
  await page.goto(own)
  await page.getByText('Your link cannot be used to answer any more.').waitFor()
  await page.getByText('It can no longer be taken back').waitFor()
  await visitInvitation(passesOn)
  expect(await history()).toEqual([
    ...journey('Invitation', addresses[passesOn]),
    ['Passed on to another person', 'respondent'],
    ...journey('Link to a colleague', 'colleague@example.org'),
    ['Began to answer', 'respondent'],
  ])
  expect(await outcome()).toBe('Partial: begun, not submitted')
  expect(await progress()).toMatchObject({ Begun: '1', Declined: '0', Complete: '0' })
  return fresh!
}

async function declineAndAnswer({ page }: Visitor): Promise<void> {
  await page.goto(/http\S+\/decline/.exec(invited(declines).text)![0])
  await page.getByLabel('I do not want to take part').check()
  await pressContinue(page)
  await heading(page, 'You have told us that you do not want to take part').waitFor()
  await visitInvitation(declines)
  expect((await history()).at(-1)).toEqual(['Declined', 'respondent'])
  expect(await outcome()).toBe('Declined')

  await page.goto(`${linkIn(invited(answers))}/decline`)
  await page.getByLabel('No people were discharged to us').check()
  await pressContinue(page)
  await heading(page, 'You have told us that no people were discharged to you').waitFor()
  await visitInvitation(answers)
  const told = (await history()).slice(3).map(([what]) => what)
  expect(told).toEqual(['Began to answer', 'Submitted the answers', 'Said that no people were discharged to them'])
  expect(await progress()).toMatchObject({ Begun: '2', Declined: '1', Complete: '1' })
}

/** On its day the reminder goes to those who can still answer, and to nobody else. */
async function remind(fresh: ReceivedMail): Promise<void> {
  await installation.moveTo('2026-06-08T07:50:00Z')
  await signIn()
  await admin.visit('/schedule')
  await admin.press('Who would get a reminder now')
  const wanted = ['colleague@example.org', 'corrected@example.org', addresses[staysSilent]!]
  expect((await admin.columns('Would get a reminder', 'To')).flat().sort()).toEqual(wanted)
  await admin.page.getByText('List them').click()
  expect(await admin.columns('Would get none', 'Service', 'Why')).toEqual([
    [answers, 'It has answered.'],
    [declines, 'The service declined.'],
    [hasNoAddress, 'No address is known.'],
    [isLost, 'Its address does not work.'],
  ])
  await nothingMoreThan(8)
  await installation.moveTo('2026-06-08T08:00:00Z')
  const reminders = await arrived(8, 3)
  expect(recipients(reminders)).toEqual(wanted)
  expect(reminders.every(({ subject }) => subject.startsWith('Reminder: '))).toBe(true)
  const toColleague = reminders.find(({ to }) => to === 'colleague@example.org')!
  expect(linkIn(toColleague)).toBe(linkIn(fresh))
}

/** The reminder three days before the close moves with it, and the links work on. */
async function extend(manager: Visitor): Promise<void> {
  await admin.visit('/schedule')
  await admin.typeDay('New last day', '22', '6', '2026')
  await admin.press('Extend the collection')
  await admin.says('Answers are now taken until the end of 22 June 2026.')
  expect(await admin.columns('Calendar', 'Mailing', 'Leaves', 'Sent')).toEqual([
    ['Invitation', 'Done Queued 1 June 2026 at 08:30', '6'],
    ['Reminder', 'Done Queued 8 June 2026 at 09:00', '3'],
    ['Reminder', 'From 19 June 2026 at 09:00', '0'],
  ])
  await installation.moveTo('2026-06-16T09:00:00Z')
  await manager.page.goto(linkIn(invited(staysSilent)))
  await manager.page.getByText('It closes at the end of Monday 22 June 2026.').waitFor()
}

async function close(manager: Visitor, fresh: ReceivedMail): Promise<void> {
  await signIn()
  await admin.visit('')
  await admin.page.getByRole('link', { name: 'Close the collection' }).click()
  await admin.press('Close the collection')
  await admin.says('Closed 16 June 2026 at 10:00')
  for (const mail of [fresh, invited(staysSilent)]) {
    await manager.page.goto(linkIn(mail))
    await heading(manager.page, 'This survey is closed').waitFor()
  }
  await installation.moveTo('2026-06-19T08:00:00Z')
  await nothingMoreThan(11)
  await signIn()
  await admin.visit('/schedule')
  await admin.says('The collection has closed: no more invitations and reminders are sent.')
  expect(await admin.columns('Calendar', 'Mailing', 'Sent')).toEqual([
    ['Invitation', '6'],
    ['Reminder', '3'],
  ])
  const counts = { Complete: '1', Begun: '2', Declined: '1', Invited: '6', 'Handed over': '6', Bounced: '1' }
  expect(await progress()).toMatchObject({ ...counts, 'Invitations waiting': '0' })
  // Begun without the main question counts as declined from the close on.
  const dispositions = { Complete: '1', Partial: '0', Declined: '2', 'Contact only': '0', 'Not eligible': '0' }
  expect((await admin.readTable('What became of the invitations'))[0]).toMatchObject(dispositions)
}

test('schedule, dry run, send, bounce, correct, resend, pass on, decline, remind, extend, close', async () => {
  await planMailings()
  await seeWhoWouldBeInvited()
  await sendInvitations()
  await takeBouncesIn()
  await correctAndResend()
  const manager = await openVisitor(browser)
  const fresh = await passOnToColleague(manager)
  await declineAndAnswer(manager)
  await remind(fresh)
  await extend(manager)
  await close(manager, fresh)
  await manager.leave()
  await visitor.leave()
})
