import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const folder = join(import.meta.dirname, '../../docs/decisions')
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const records = readdirSync(folder)
  .filter((name) => /^\d/.test(name))
  .sort()

const head =
  /^# (\d{3}) (.+)\n\nStatus: ((?:proposed|accepted|superseded)(?:, amended by \d{3}| by \d{3})?) · Date: (\d{4}-\d\d-\d\d)\n\n/

it('gives every record a number, a title, a status and a date, in one form', () => {
  for (const name of records) {
    const [, number] = head.exec(read(name)) ?? []
    expect(number, name).toBe(name.slice(0, 3))
  }
})

it('lists every record in the index, as it says of itself', () => {
  const rows = records.map((name) => {
    const [, number, title, status, date] = head.exec(read(name)) ?? []
    return `| [${number}](${name}) | ${title} | ${status} | ${date} |`
  })
  expect(
    read('README.md')
      .split('\n')
      .filter((line) => line.startsWith('| [')),
  ).toEqual(rows)
})

it('names a record that is there where another amends or supersedes it', () => {
  const numbers = records.map((name) => name.slice(0, 3))
  const named = records.flatMap((name) => / by (\d{3}) ·/.exec(read(name))?.[1] ?? [])
  expect(named.length).toBeGreaterThan(0)
  for (const number of named) expect(numbers).toContain(number)
})
