import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Installation } from './installation.ts'

const register = join(import.meta.dirname, '../fixtures/frame/cqc-directory-trafford-april-2020.csv')
const headingLines = 5

/** An open collection of June 2026 over some homes of the real register, given with the addresses of their managers; null: none is known. Returns its id. */
export async function openCollectionOf(
  { cli, folder }: Installation,
  homes: Readonly<Record<string, string | null>>,
): Promise<string> {
  const lines = readFileSync(register, 'utf8').split('\n')
  const rowOf = (name: string) => lines.find((line) => line.startsWith(`${name},`)) ?? ''
  const contacts = Object.entries(homes).flatMap(([name, email]) =>
    email === null ? [] : [`${/location\/([\d-]+)/.exec(rowOf(name))?.[1]},${email},Manager of ${name}`],
  )
  const write = (name: string, rows: readonly string[]) => {
    const file = join(folder, name)
    writeFileSync(file, `${rows.join('\n')}\n`)
    return file
  }
  const excerpt = [...lines.slice(0, headingLines), ...Object.keys(homes).map(rowOf)]
  const systems = ['code,name,region,local_authorities', 'trafford,Trafford,North West,']
  await cli('systems', 'import', write('systems.csv', systems))
  const kind = ['--question-set', 'discharge-information-flow', '--mode', 'personal', '--systems', 'trafford']
  const days = ['--opens', '2026-06-01', '--closes', '2026-06-15']
  const { id } = (await cli('collection', 'create', '--name', 'Trafford', ...kind, ...days)) as { id: string }
  const files = [
    write('register.csv', excerpt),
    '--contacts',
    write('contacts.csv', ['location_id,email,name', ...contacts]),
  ]
  await cli('collection', 'frame', id, ...files, '--accept-unknown')
  await cli('collection', 'open', id)
  return id
}
