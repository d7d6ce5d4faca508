import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { beforeEach, expect, test, vi } from 'vitest'
import { addTemplateCommands } from '../../server/cli/templates.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { openPersonalCollection } from '../factories.ts'
import { storedMessageTemplates } from '../stored/messages.ts'

let app: TestApp
let folder: string
beforeEach(async () => {
  app = testApp()
  folder = await mkdtemp(join(tmpdir(), 'words-'))
  openPersonalCollection(app, { services: [{ name: 'Elm' }] })
})

/** Runs one command line; what it printed. Throws what the command throws. */
async function run(...args: string[]): Promise<string> {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
  addTemplateCommands(program, () => app.context)
  for (const command of program.commands.flatMap((found) => found.commands))
    command.exitOverride().configureOutput({ writeErr: () => undefined })
  let printed = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true))
  try {
    await program.parseAsync(['template', ...args], { from: 'user' })
  } finally {
    write.mockRestore()
  }
  return printed
}

async function written(content: string): Promise<string> {
  const file = join(folder, 'words.txt')
  await writeFile(file, content)
  return file
}

test('what show prints, set reads; restore goes back', async () => {
  const shipped = await run('show', 'Review', 'invitation')
  expect(shipped).toContain('[Answer the survey]({{link}})')
  const file = await written(`\uFEFF${shipped.replace('Subject: ', 'Subject: New ').replaceAll('\n', '\r\n')}`)
  expect(await run('set', 'Review', 'invitation', file)).toContain('are saved')
  expect((await run('show', 'Review', 'invitation')).replaceAll('\r', '')).toBe(
    shipped.replace('Subject: ', 'Subject: New '),
  )
  expect(await run('preview', 'Review', 'invitation')).toMatch(/^Subject: New Elm: please answer/)
  await run('restore', 'Review', 'invitation')
  expect(await run('show', 'Review', 'invitation')).toBe(shipped)
})

test('a test goes to the address given, and to no other', async () => {
  await run('test', 'Review', 'reminder', 'a@example.org')
  await sendDueMessages(app.context)
  expect(app.context.mailer.sent.map(({ to, subject }) => [to, subject.slice(0, 16)])).toEqual([
    ['a@example.org', '[Test] Reminder:'],
  ])
  await expect(run('test', 'Review', 'reminder', 'a@example.org,b@example.org')).rejects.toThrow('comma')
})

test('wrong words, kinds, files and collections are refused, and change nothing', async () => {
  const wrong = await written('Subject: Hello\n\nDear {{contact_name')
  await expect(run('set', 'Review', 'invitation', wrong)).rejects.toThrow('not closed')
  await expect(run('set', 'Review', 'invitation', await written('Hello'))).rejects.toThrow(
    'begin with a line "Subject:',
  )
  await expect(run('show', 'Review', 'sign_in')).rejects.toThrow('one of invitation')
  await expect(run('show', 'Other', 'invitation')).rejects.toThrow('Other')
  expect(storedMessageTemplates(app.db)).toEqual([])
})
