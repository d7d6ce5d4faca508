import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { expect, it } from 'vitest'
import { readConfig } from '../server/config.ts'

const example = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8')
const settings = parseEnv(example)

/** The settings that config.ts asks an environment for. */
function settingsAskedFor(): string[] {
  const asked = new Set<string>()
  const note = (name: string | symbol) => {
    if (typeof name === 'string' && /^[A-Z][A-Z0-9_]*$/.test(name)) asked.add(name)
  }
  readConfig(
    new Proxy<Record<string, string | undefined>>(
      {},
      {
        get: (_, name) => void note(name),
        has: (_, name) => (note(name), false),
      },
    ),
  )
  return [...asked]
}

it('names in .env.example the settings that config.ts reads, and no other', () => {
  expect(Object.keys(settings).sort()).toEqual(settingsAskedFor().sort())
})

it('says each default in .env.example as it is', () => {
  expect(readConfig(settings)).toEqual(readConfig({}))
})

it('says what each setting is', () => {
  const described = [...example.matchAll(/^# .+\n([A-Z_]+)=/gm)].map(([, name]) => name)
  expect(described.sort()).toEqual(Object.keys(settings).sort())
})
