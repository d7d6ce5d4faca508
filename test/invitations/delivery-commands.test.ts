import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addDeliveryCommands } from '../../server/cli/delivery.ts'
import { testApp, type TestApp } from '../app.ts'
import { handedOver, reportOn } from '../delivery-reports/reported.ts'

let app: TestApp
let folder: string
beforeEach(async () => {
  app = testApp()
  folder = await mkdtemp(join(tmpdir(), 'reports-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** What the command prints. Throws what it refuses. */
async function run(...args: string[]): Promise<string> {
  const program = new Command().exitOverride()
  addDeliveryCommands(program, () => app.context)
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  await program.parseAsync(['node', 'footbridge', 'delivery', ...args])
  const text = write.mock.calls.map(([chunk]) => String(chunk)).join('')
  write.mockRestore()
  return text
}

test('a folder of reports is taken in once, stays where it is, and the worklist follows', async () => {
  const { message, collection } = await handedOver(app, {
    services: [{ name: 'The Elms', telephone: '0161 496 0000' }],
  })
  expect(await run('undelivered', collection.id)).toBe(
    'Every address that was used so far works, as far as is known.\n',
  )
  await writeFile(join(folder, 'a.eml'), reportOn(app, message, 'yahoo--no-account--hard'))
  await writeFile(join(folder, 'b.eml'), reportOn(app, message, 'absence--rfc-3834--auto_reply'))
  expect(JSON.parse(await run('read', folder, '--json'))).toMatchObject({
    reports: [
      { name: 'a.eml', verdict: 'hard', repeated: false },
      { name: 'b.eml', verdict: 'auto_reply', repeated: false },
    ],
  })
  expect(await run('read', join(folder, 'a.eml'))).toContain('taken in before')
  expect(await readdir(folder)).toEqual(['a.eml', 'b.eml'])
  expect(await run('undelivered', collection.id)).toMatch(/The Elms +0161 496 0000 +manager1@example\.org/)
  expect(JSON.parse(await run('undelivered', 'Review', '--json'))).toMatchObject({
    services: [{ service: 'The Elms', event: 'bounced_hard' }],
  })
})

test('a path that leads nowhere is said', async () => {
  await expect(run('read', join(folder, 'nowhere'))).rejects.toThrow(/There is no file or folder/)
})

test('reports that changed nothing by themselves are listed below the worklist', async () => {
  const { message, collection } = await handedOver(app)
  await writeFile(join(folder, 'a.eml'), reportOn(app, message, 'aol--host-refused--policy'))
  await run('read', join(folder, 'a.eml'))
  const said = await run('undelivered', collection.id)
  expect(said).toContain('Every address that was used so far works, as far as is known.')
  expect(said).toMatch(
    /turned away by a rule, or not understood[^]+Service 1[^]+manager1@example\.org[^]+5\.2\.1[^]+blocked/,
  )
  expect(JSON.parse(await run('undelivered', collection.id, '--json'))).toMatchObject({
    services: [],
    reports: [{ service: 'Service 1', verdict: 'policy' }],
  })
})

test('what no mail server took is sent once more', async () => {
  vi.spyOn(app.context.mailer, 'send').mockRejectedValue(
    Object.assign(new Error('554 5.7.1 blocked'), { responseCode: 554, command: 'RCPT TO' }),
  )
  const { collection } = await handedOver(app)
  expect(await run('retry', collection.id)).toBe('1 queued.\n')
  expect(JSON.parse(await run('retry', collection.id, '--json'))).toEqual({ queued: 0 })
})
