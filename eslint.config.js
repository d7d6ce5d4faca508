import tseslint from 'typescript-eslint'

const asyncTransaction = {
  selector:
    "CallExpression[callee.property.name='transaction'] > :matches(ArrowFunctionExpression, FunctionExpression)[async=true]",
  message: 'better-sqlite3 does not roll back an async transaction: give it a plain function.',
}
const processEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'process.env is read in server/config.ts alone.',
}
const tables = {
  patterns: [{ group: ['**/db/schema.ts'], message: 'Only queries and db/ import tables.', allowTypeImports: true }],
}

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'drizzle/'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-restricted-syntax': ['error', asyncTransaction, processEnv],
      'no-console': ['error', { allow: ['error'] }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      '@typescript-eslint/no-restricted-imports': ['error', tables],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 15],
    },
  },
  {
    files: ['server/**/queries.ts', 'server/**/queries/**', 'server/db/**', 'test/**'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  // All tables stand in one file: the design says so.
  { files: ['server/db/schema.ts'], rules: { 'max-lines': 'off' } },
  { files: ['server/config.ts'], rules: { 'no-restricted-syntax': ['error', asyncTransaction] } },
  {
    files: [
      'server/cli.ts',
      'server/main.ts',
      'scripts/**',
      'test/bench/**',
      'test/browser/chromium.ts',
      '*.config.ts',
      '*.config.js',
    ],
    rules: { 'no-console': 'off', 'no-restricted-syntax': ['error', asyncTransaction], 'no-restricted-exports': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
    rules: { ...tseslint.configs.disableTypeChecked.rules, 'no-console': 'off' },
  },
)
