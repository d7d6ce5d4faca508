import { ESLint, type Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import { expect, it } from 'vitest'

// Rules that need types are left out: building the whole program for each line would take minutes, and they are not ours.
const eslint = new ESLint({ overrideConfig: tseslint.configs.disableTypeChecked as Linter.Config })

async function refusals(filePath: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath })
  return result!.messages.map(({ ruleId }) => ruleId).filter((rule) => rule !== '@typescript-eslint/no-unused-vars')
}

it.each(['write(db, async (tx) => tx)', 'write(db, async function (tx) { return tx })'])('refuses %s', async (code) => {
  expect(await refusals('server/frame/queries.ts', code)).toEqual(['no-restricted-syntax'])
  expect(await refusals('test/frame/routes.test.ts', code)).toEqual(['no-restricted-syntax'])
})

it('refuses an async function to a transaction, in tests and in db/ too', async () => {
  for (const file of ['server/db/open.ts', 'test/frame/routes.test.ts'])
    expect(await refusals(file, 'tx.$client.transaction(async () => 1)'), file).toEqual(['no-restricted-syntax'])
})

it('lets the server begin a transaction by write alone, which locks; tests have no second process', async () => {
  expect(await refusals('server/frame/queries.ts', 'write(db, (tx) => tx)')).toEqual([])
  expect(await refusals('server/frame/queries.ts', 'db.transaction((tx) => tx)')).toEqual(['no-restricted-syntax'])
  expect(await refusals('server/db/write.ts', 'db.transaction((tx) => tx)')).toEqual([])
  expect(await refusals('test/frame/routes.test.ts', 'db.transaction((tx) => tx)')).toEqual([])
})

it.each([
  ['process.env.PORT', 'no-restricted-properties'],
  ["process['env']", 'no-restricted-properties'],
  ['const { env } = process', 'no-restricted-properties'],
  ["import { env } from 'node:process'", '@typescript-eslint/no-restricted-imports'],
])('lets server/config.ts alone read the environment: %s', async (code, rule) => {
  for (const file of ['server/main.ts', 'server/cli.ts', 'server/frame/queries.ts', 'client/console/api.ts'])
    expect(await refusals(file, code), file).toContain(rule)
})

it('lets server/config.ts read process.env', async () => {
  expect(await refusals('server/config.ts', 'export const port = process.env.PORT')).toEqual([])
})

it('lets only queries and db/ import tables; anybody may name their types', async () => {
  const rule = '@typescript-eslint/no-restricted-imports'
  const importTables = "import { staff } from '../db/schema.ts'"
  for (const file of [
    'server/accounts/routes.ts',
    'server/accounts/rules/scope.ts',
    'server/cli/accounts.ts',
    'client/a.ts',
  ])
    expect(await refusals(file, importTables), file).toEqual([rule])
  expect(await refusals('server/accounts/routes.ts', "export { staff } from '../db/schema.ts'")).toEqual([rule])
  expect(await refusals('server/accounts/routes.ts', "import type { staff } from '../db/schema.ts'")).toEqual([])
  for (const file of ['server/accounts/queries.ts', 'server/results/queries/taking.ts', 'server/db/audit-log.ts'])
    expect(await refusals(file, importTables), file).toEqual([])
})

it.each([
  'app.db.$client.prepare(words)',
  'db.prepare("select 1")',
  "db.$client.exec('delete from responses')",
  '$client.exec(words)',
  'db.all(sql`select 1`)',
  'db.run("update systems set name = \'x\'")',
  'db.get(`SELECT * FROM ${table}`)',
])('lets tests reach into tables through test/stored/ alone: %s', async (code) => {
  expect(await refusals('test/frame/routes.test.ts', code)).toContain('no-restricted-syntax')
  for (const file of ['test/stored/responses.ts', 'test/db/migrations.test.ts', 'server/frame/queries.ts'])
    expect(await refusals(file, code), file).toEqual([])
})

it('takes no query of Drizzle, no request and no pattern for SQL, and keeps the other rules where SQL is let', async () => {
  for (const code of [
    'query.prepare()',
    "app.request.get('/api/systems')",
    "new Map().get('select')",
    '/select/.exec("selected")',
    "db.$client.pragma('foreign_keys')",
  ])
    expect(await refusals('test/frame/routes.test.ts', code), code).toEqual([])
  expect(await refusals('test/stored/responses.ts', 'write(db, async (tx) => tx)')).toEqual(['no-restricted-syntax'])
})

it('refuses default exports, and words on the console that nobody asked for', async () => {
  expect(await refusals('server/frame/routes.ts', 'export default 1')).toEqual(['no-restricted-exports'])
  expect(await refusals('server/frame/routes.ts', 'const a = 1\nexport { a as default }')).toEqual([
    'no-restricted-exports',
  ])
  expect(await refusals('server/frame/routes.ts', "console.log('here')")).toEqual(['no-console'])
})

it.each([
  ['server/frame/queries.ts', '../invitations/rules/schedule.ts', 'a room above'],
  ['server/time/london-dates.ts', '../db/ids.ts', 'a room above, of the ground'],
  ['server/outbox/worker.ts', '../context-of-mine.ts', 'a room that the order does not know'],
  ['server/frame/rules/draw-frame.ts', '../queries.ts', 'a query, from a rule'],
  ['server/frame/rules/draw-frame.ts', '../import/read-register.ts', 'a reader of files, from a rule'],
  ['server/frame/rules/draw-frame.ts', '../templates/frame-report.ts', 'a template, from a rule'],
  ['server/frame/rules/draw-frame.ts', '../routes.ts', 'a route, from a rule'],
  ['server/results/rules.ts', '../db/ids.ts', 'the database, from a rule'],
  ['server/results/rules/tally.ts', '../../http/html.ts', 'HTTP, from a rule'],
  ['client/console/frame/frame-page.tsx', '../../../server/frame/rules/categories.ts', 'a rule, from the browser'],
  ['client/console/frame/frame-page.tsx', '../../../server/frame/queries.ts', 'a query, from the browser'],
  ['surveys/modes.ts', '../server/errors.ts', 'the server, from what lies under it'],
  ['surveys/modes.ts', 'node:fs', 'Node, from what the browser shares'],
  ['client/console/api.ts', 'node:fs', 'Node, from the browser'],
])('refuses %s to import %s: %s', async (file, specifier) => {
  const rule = 'footbridge/room-order'
  for (const code of [
    `import { something } from '${specifier}'`,
    `import type { Something } from '${specifier}'`,
    `export { something } from '${specifier}'`,
    `export type Something = typeof import('${specifier}')`,
  ])
    expect(await refusals(file, code), code).toContain(rule)
  expect(await refusals(file, `const later = () => import('${specifier}')`)).toContain(rule)
})

it.each([
  ['server/invitations/queries/schedule.ts', '../../collections/queries/collections.ts'],
  ['server/frame/routes.ts', './queries.ts'],
  ['server/frame/rules/draw-frame.ts', './categories.ts'],
  ['server/results/rules/tally.ts', '../../statistics/intervals.ts'],
  ['server/app.ts', './frame/routes.ts'],
  ['client/console/frame/frame-page.tsx', '../../../server/frame/schema.ts'],
  ['client/console/results/figures.ts', '../../../server/statistics/rounding.ts'],
  ['client/console/results/figures.ts', '../../../surveys/modes.ts'],
  ['test/frame/draw-frame.test.ts', '../../server/frame/rules/draw-frame.ts'],
])('lets %s import %s', async (file, specifier) => {
  expect(await refusals(file, `import { something } from '${specifier}'`)).toEqual([])
})

it('asks what a mode means, not what it is called', async () => {
  const byName = "const isPersonal = (mode: string) => mode === 'personal'"
  for (const file of ['server/frame/queries.ts', 'server/db/open.ts', 'client/console/api.ts', 'surveys/notes.ts'])
    expect(await refusals(file, byName), file).toEqual(['no-restricted-syntax'])
})
