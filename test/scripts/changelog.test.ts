import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const read = (name: string) => readFileSync(join(import.meta.dirname, '../..', name), 'utf8')
const headings = [...read('CHANGELOG.md').matchAll(/^## \[(.+?)\](?: - (.+))?$/gm)]
const versions = headings.slice(1).map(([, version, day]) => ({ version: version!, day }))
const inOrder = (version: string) =>
  version
    .split('.')
    .map((part) => part.padStart(4, '0'))
    .join('.')

it('keeps what is not released first, then every version with its day, the newest first', () => {
  expect(headings[0]?.[0]).toBe('## [Unreleased]')
  for (const { version, day } of versions) {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(day, version).toMatch(/^\d{4}-\d\d-\d\d$/)
  }
  const named = versions.map(({ version }) => version)
  expect(named).toEqual([...named].sort((a, b) => (inOrder(a) < inOrder(b) ? 1 : -1)))
})

it('says what the version in package.json brings', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string }
  expect(versions.map((one) => one.version)).toContain(version)
})
