import { Command } from 'commander'
import { expect, test, vi } from 'vitest'
import { addAccountCommands } from '../../server/cli/accounts.ts'
import { testApp, type TestApp } from '../app.ts'
import { createSystem } from '../factories.ts'
import { storedStaff } from '../stored/accounts.ts'

/** What the command prints. Throws what it refuses. */
async function run(app: TestApp, ...args: string[]): Promise<string> {
  const program = new Command().exitOverride()
  addAccountCommands(program, () => app.context)
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  await program.parseAsync(['node', 'footbridge', 'sign-in-link', ...args])
  const text = write.mock.calls.map(([chunk]) => String(chunk)).join('')
  write.mockRestore()
  return text
}

const path = (text: string) => /http:\/\/127\.0\.0\.1:3000(\/sign-in\/[\w-]{32})\b/.exec(text)?.[1] ?? 'no link'

test('--role makes the first admin, whose printed link signs in', async () => {
  const app = testApp()
  const text = await run(app, 'Ada@Example.org', '--role', 'admin')
  expect((await app.request.post(path(text)).set('Origin', app.context.config.publicUrl)).status).toBe(303)
  expect((await app.request.get('/api/account')).body).toEqual({
    email: 'ada@example.org',
    role: 'admin',
    systems: null,
  })
})

test('--role changes the role and scope of a known person; without it they stay', async () => {
  const app = testApp()
  createSystem(app)
  await run(app, 'ada@example.org', '--role', 'admin')
  await run(app, 'ada@example.org', '--role', 'reviewer', '--systems', 'trafford')
  const result = JSON.parse(await run(app, 'ada@example.org', '--json')) as { link: string }
  expect(result).toMatchObject({ email: 'ada@example.org', role: 'reviewer', expiresAt: '2026-06-01T09:15:00.000Z' })
  await app.request.post(path(result.link)).set('Origin', app.context.config.publicUrl)
  expect((await app.request.get('/api/account')).body).toMatchObject({
    role: 'reviewer',
    systems: [{ code: 'trafford' }],
  })
})

test.each([
  [['nobody@example.org'], 'Give --role admin, reviewer or analyst'],
  [['nobody'], 'correct format'],
  [['ada@example.org', '--role', 'owner'], 'role: Choose a role'],
  [['ada@example.org', '--role', 'reviewer', '--systems', 'nowhere'], 'no system with the code nowhere'],
  [['ada@example.org', '--role', 'admin', '--systems', 'trafford'], 'Only a reviewer can be limited'],
  [['ada@example.org', '--systems', 'trafford'], '--systems needs --role'],
])('%j is refused in plain words and stores nothing', async (args, message) => {
  const app = testApp()
  createSystem(app)
  await expect(run(app, ...args)).rejects.toThrow(message)
  expect(storedStaff(app.db)).toEqual([])
})
