import tseslint from 'typescript-eslint'
import { roomOrder } from './scripts/lint-rooms.ts'

const async = ':matches(ArrowFunctionExpression, FunctionExpression)[async=true]'
const asyncTransaction = {
  selector: `CallExpression:matches([callee.property.name='transaction'], [callee.name='write']) > ${async}`,
  message: 'What follows the first await runs outside of the transaction: give it a plain function.',
}
const transaction = {
  selector: "CallExpression[callee.property.name='transaction']",
  message: 'Use write(db, …) of db/: it takes the lock before it reads.',
}
const mode = {
  selector: 'BinaryExpression:matches([left.value=/^(personal|cascade)$/], [right.value=/^(personal|cascade)$/])',
  message: 'Ask modeOf(…) of surveys/modes.ts what the mode means, not what it is called.',
}
const environment = { object: 'process', property: 'env', message: 'process.env is read in server/config.ts alone.' }
const imports = {
  paths: ['process', 'node:process'].map((name) => ({ name, importNames: ['env'], message: environment.message })),
}
const tables = {
  patterns: [{ group: ['**/db/schema.ts'], message: 'Only queries and db/ import tables.', allowTypeImports: true }],
}
const statement = '/^\\s*(select|insert into|update|delete from|create|drop|alter|pragma)\\s/i'
const rawSql = [
  "TaggedTemplateExpression[tag.name='sql']",
  "CallExpression[callee.property.name='prepare'][arguments.length>0]",
  "CallExpression[callee.property.name='exec']:matches([callee.object.name='$client'], [callee.object.property.name='$client'])",
  `CallExpression[callee.property.name=/^(all|get|run|values|exec)$/]:matches([arguments.0.value=${statement}], [arguments.0.quasis.0.value.raw=${statement}])`,
].map((selector) => ({ selector, message: 'Read and write tables through test/stored/, which names their columns.' }))

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'drizzle/'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    plugins: { footbridge: { rules: { 'room-order': roomOrder } } },
    rules: {
      'footbridge/room-order': 'error',
      'no-restricted-syntax': ['error', asyncTransaction, mode],
      'no-restricted-properties': ['error', environment],
      'no-console': ['error', { allow: ['error'] }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      '@typescript-eslint/no-restricted-imports': ['error', { ...imports, ...tables }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 15],
    },
  },
  { files: ['server/**'], rules: { 'no-restricted-syntax': ['error', asyncTransaction, mode, transaction] } },
  { files: ['server/db/**'], rules: { 'no-restricted-syntax': ['error', asyncTransaction, mode] } },
  {
    files: ['server/**/queries.ts', 'server/**/queries/**', 'server/db/**', 'test/**'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', imports] },
  },
  { files: ['test/**'], rules: { 'no-restricted-syntax': ['error', asyncTransaction, mode, ...rawSql] } },
  {
    files: [
      'test/stored/**',
      // What SQLite itself says of tables, and tables as they were before a migration or are not ours.
      'test/db/described.ts',
      'test/db/migrations.test.ts',
      'test/bench/raw-inserts.ts',
      // The file of a server in another process, looked at with nothing of ours in between.
      'test/crash/kill.test.ts',
      'test/crash/outbox.test.ts',
      'test/browser/installation.ts',
      'test/browser/main-job.test.ts',
      // Yet to be moved to test/stored/.
      'test/browser/coordinator-changes.test.ts',
      'test/browser/messages.test.ts',
      'test/browser/saving.test.ts',
      'test/browser/two-tabs.test.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', asyncTransaction, mode] },
  },
  // All tables stand in one file: the design says so.
  { files: ['server/db/schema.ts'], rules: { 'max-lines': 'off' } },
  { files: ['server/config.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['server/cli.ts', 'server/main.ts', 'test/bench/**'], rules: { 'no-console': 'off' } },
  {
    files: ['scripts/**', 'test/browser/chromium.ts', '*.config.ts', '*.config.js'],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off', 'no-restricted-exports': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
    rules: { ...tseslint.configs.disableTypeChecked.rules, 'no-console': 'off' },
  },
)
