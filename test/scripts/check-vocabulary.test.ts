import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { listStrays } from '../../scripts/check-vocabulary.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'footbridge-vocabulary-'))
  for (const folder of ['client', 'scripts', 'server', 'surveys', 'test']) mkdirSync(join(root, folder))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), '')
  }
}

const strayPaths = () => listStrays(root).map((line) => line.split(':')[0])

it('lets the vocabulary pass, as files and as folders, and what is agreed', () => {
  write('server/frame/routes.ts', 'server/frame/rules/draw-frame.ts', 'server/outbox/mailer.ts')
  write('server/http/handle.ts', 'server/app.ts', 'client/console/main.tsx', 'test/frame/routes.test.ts')
  expect(listStrays(root)).toEqual([])
})

it('finds a stray in a feature folder, in a feature that is new too', () => {
  write(
    'server/frame/service.ts',
    'server/frame/models/row.ts',
    'server/newsletters/send.ts',
    'server/results/mailer.ts',
  )
  expect(strayPaths().sort()).toEqual([
    'server/frame/models',
    'server/frame/service.ts',
    'server/newsletters/send.ts',
    'server/results/mailer.ts',
  ])
})

it('finds names that are not kebab-case, and names that say nothing', () => {
  write('client/components/DateInput.tsx', 'server/frame/rules/draw_frame.ts', 'server/db/helpers.ts', 'test/index.ts')
  expect(strayPaths().sort()).toEqual([
    'client/components/DateInput.tsx',
    'server/db/helpers.ts',
    'server/frame/rules/draw_frame.ts',
    'test/index.ts',
  ])
})
