import { Command } from 'commander'
import { beforeEach, expect, test, vi } from 'vitest'
import { addExtendCommand, addScheduleCommands } from '../../server/cli/schedule.ts'
import { queueInvitations } from '../../server/invitations/queries/queue-mailing.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { openPersonalCollection } from '../factories.ts'

let app: TestApp
beforeEach(() => {
  app = testApp()
})

/** Runs one command line; what it printed. Throws what the command throws. */
async function run(...args: string[]): Promise<string> {
  const program = new Command().exitOverride()
  addScheduleCommands(program, () => app.context)
  addExtendCommand(program.command('collection'), () => app.context)
  let printed = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true))
  try {
    await program.parseAsync(args, { from: 'user' })
  } finally {
    write.mockRestore()
  }
  return printed
}

test('schedule set, show, pause and resume', async () => {
  openPersonalCollection(app)
  expect(await run('schedule', 'show', 'Review')).toContain('This is the default')
  const line = [
    '--rate',
    '60',
    '--invitation',
    '2026-06-02',
    '--reminders',
    '2026-06-08,2026-06-15',
    '--days',
    '1,2',
    '--thank-you',
    '2026-06-29',
  ]
  expect(await run('schedule', 'set', 'Review', ...line)).toContain(
    'Window: Monday, Tuesday, 08:00 to 18:00 in UK time.',
  )
  expect(JSON.parse(await run('schedule', 'show', 'Review', '--json'))).toMatchObject({
    ratePerMinute: 60,
    mailings: [
      { dueOn: '2026-06-02' },
      { dueOn: '2026-06-08' },
      { dueOn: '2026-06-15' },
      { kind: 'thank_you', dueOn: '2026-06-29' },
    ],
  })
  // In summer UK time is an hour ahead of UTC.
  expect(await run('schedule', 'show', 'Review')).toMatch(/reminder +2026-06-08 +from 2026-06-08 08:00 /)
  expect(await run('schedule', 'pause', 'Review')).toContain('nothing leaves')
  expect(await run('schedule', 'resume', 'Review')).not.toContain('nothing leaves')
})

test('schedule recipients says who would get a reminder and why another would not', async () => {
  const { collection } = openPersonalCollection(app, { services: [{}, { contactEmail: null }] })
  queueInvitations(app.db, collection, { actor: 'command line', now: app.time.now })
  await sendDueMessages(app.context)
  app.time.now = new Date('2026-06-08T09:00:00Z')
  const said = await run('schedule', 'recipients', 'Review')
  expect(said).toMatch(/Service 1\s+manager1@example.org/)
  expect(said).toMatch(/Service 2\s+No address is known\./)
  expect(said).toContain('1 would get it, 1 not.')
})

test('schedule recipients of a thank-you says who has not answered', async () => {
  openPersonalCollection(app, { services: 1 })
  expect(await run('schedule', 'recipients', 'Review', '--kind', 'thank_you')).toMatch(
    /Service 1\s+It has no complete answer\.\n\n0 would get it, 1 not\./,
  )
})

test('collection extend, and what is wrong is said by its option', async () => {
  openPersonalCollection(app)
  expect(await run('collection', 'extend', 'Review', '--closes', '2026-07-03')).toBe(
    'Review now closes at the end of Friday 3 July 2026.\n',
  )
  await expect(run('collection', 'extend', 'Review', '--closes', 'soon')).rejects.toThrow('must be a day')
  await expect(run('collection', 'extend', 'Review', '--closes', '2026-06-01')).rejects.toThrow('give a later day')
  const wrong = ['--days', '9', '--rate', 'fast', '--results-released', 'soon']
  await expect(run('schedule', 'set', 'Review', ...wrong)).rejects.toMatchObject({
    details: ['--days', '--rate', '--results-released'].map((name) => expect.stringContaining(name) as string),
  })
  await expect(run('schedule', 'recipients', 'Review', '--kind', 'card')).rejects.toThrow('no mailing "card"')
})

test('schedule set takes 9:00 for 09:00, and the standard plan says that invitations leave when they are sent', async () => {
  openPersonalCollection(app)
  expect(await run('schedule', 'show', 'Review')).toMatch(/invitation\s.*when you send them/)
  expect(await run('schedule', 'set', 'Review', '--from', '9:00')).toContain('09:00 to 18:00 in UK time')
})
