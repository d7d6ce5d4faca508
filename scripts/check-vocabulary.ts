import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The ground, whose files are named after their subject, and the command line; every other folder of server/ is a room of the product. */
const shared = ['cli', 'db', 'http', 'links', 'sheets', 'statistics', 'time']
/** All that a feature folder may hold at its first level (a rule of the design). */
const vocabulary = ['routes', 'schema', 'queries', 'rules', 'templates', 'import', 'export', 'worker']
/** Names written down in docs/decisions: the one door to the mail server. */
const agreed = ['server/outbox/mailer.ts']

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.(ts|tsx|mjs)$/
const sayNothing = /^(index|utils?|helpers?|common|misc)\./

/** Every file that is outside the vocabulary, with what it should be. Paths are below `root`. */
export function listStrays(root: string): string[] {
  const strays = listFeatures(root).flatMap((feature) =>
    readdirSync(join(root, 'server', feature))
      .filter((name) => !vocabulary.includes(name.replace(/\.ts$/, '')))
      .map((name) => `server/${feature}/${name}`)
      .filter((path) => !agreed.includes(path))
      .map((path) => `${path}: a feature folder holds only ${vocabulary.join(', ')}`),
  )
  const misnamed = ['client', 'scripts', 'server', 'surveys', 'test']
    .flatMap((folder) => listScripts(root, folder))
    .filter((path) => !kebabCase.test(basename(path)) || sayNothing.test(basename(path)))
    .map((path) => `${path}: names are kebab-case, and say what the file holds`)
  return [...strays, ...misnamed]
}

const listFeatures = (root: string): string[] =>
  readdirSync(join(root, 'server'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !shared.includes(entry.name))
    .map((entry) => entry.name)

const listScripts = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
    .map((path) => join(folder, path))

/** Prints every stray; true where there is none. */
export function checkVocabulary(): boolean {
  const strays = listStrays(join(import.meta.dirname, '..'))
  for (const stray of strays) console.error(stray)
  return strays.length === 0
}
