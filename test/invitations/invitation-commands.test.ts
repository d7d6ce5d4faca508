import { Command } from 'commander'
import { beforeEach, expect, test, vi } from 'vitest'
import { addInvitationCommands } from '../../server/cli/invitations.ts'
import { takeInReport } from '../../server/invitations/import/take-in-report.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { handedOver, reportOn } from '../delivery-reports/reported.ts'

const location = '1-100000001'

let app: TestApp
beforeEach(() => void (app = testApp()))

/** What the command prints. Throws what it refuses. */
async function run(...args: string[]): Promise<string> {
  const program = new Command().exitOverride()
  addInvitationCommands(program, () => app.context)
  let printed = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true))
  try {
    await program.parseAsync(args, { from: 'user' })
  } finally {
    write.mockRestore()
  }
  return printed
}

test('an address that bounced is corrected, the link goes there, and the history tells it all', async () => {
  const { message, invitations } = await handedOver(app)
  await takeInReport(app.context, Buffer.from(reportOn(app, message, 'postfix--unknown-user--hard')), 'upload')
  await expect(run('invitation', 'correct', 'Review', location, '--email', 'manager1@example.org')).rejects.toThrow(
    'This is the address that did not work.',
  )
  expect(await run('invitation', 'correct', 'Review', location, '--email', 'here@example.org', '--name', 'Ann')).toBe(
    'The contact is corrected. The link is in the outbox for here@example.org; the running server sends it.\n',
  )
  expect(await sendDueMessages(app.context)).toBe(1)
  expect(app.context.mailer.sent.at(-1)).toMatchObject({
    to: 'here@example.org',
    text: expect.stringContaining(`/r/${invitations[0]!.token}`) as string,
  })
  const said = await run('invitation', 'history', 'Review', location)
  expect(said).toMatch(/^Service 1, here@example\.org\n/)
  for (const line of [
    /2026-06-01 10:00 +invitation sent +manager1@example\.org/,
    /invitation bounced hard +manager1@example\.org +5\.1\.1/,
    /contact corrected +command line/,
    /link again sent +here@example\.org/,
  ])
    expect(said).toMatch(line)
  expect(JSON.parse(await run('invitation', 'history', 'Review', location, '--json'))).toMatchObject({
    service: { locationId: location, contactName: 'Ann' },
    history: expect.arrayContaining([expect.objectContaining({ event: 'bounced_hard' })]) as unknown,
  })
})

test('a contact is corrected without sending, and a link is sent again by itself', async () => {
  await handedOver(app)
  expect(await run('invitation', 'correct', 'Review', location, '--email', 'here@example.org', '--no-send')).toBe(
    'The contact is corrected. Nothing was sent.\n',
  )
  expect(await sendDueMessages(app.context)).toBe(0)
  expect(JSON.parse(await run('link', 'again', 'Review', location, '--json'))).toMatchObject({
    recipient: 'here@example.org',
  })
  await expect(run('link', 'again', 'Review', location)).rejects.toThrow('It waits to be sent already.')
  expect(await sendDueMessages(app.context)).toBe(1)
})

test('what is wrong is said by its name', async () => {
  await handedOver(app)
  await expect(run('link', 'again', 'Review', '1-1')).rejects.toThrow('Review has no invitation of 1-1.')
  await expect(run('invitation', 'history', 'Nowhere', location)).rejects.toThrow('Nowhere')
  await expect(run('invitation', 'correct', 'Review', location, '--email', 'a b@example.org')).rejects.toMatchObject({
    details: [expect.stringMatching(/^--email: The address holds a space/)],
  })
})
