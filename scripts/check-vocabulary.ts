import { readdirSync } from 'node:fs'

/** The feature folders, and all that they may hold at their first level (a rule of the design). */
const features = [
  'accounts',
  'systems',
  'question-sets',
  'frame',
  'collections',
  'distribution',
  'responses',
  'results',
]
const vocabulary = ['routes', 'schema', 'queries', 'rules', 'templates', 'import', 'export', 'worker']
/** Names written down in docs/decisions: the one door to the mail server. */
const agreed = ['server/distribution/mailer.ts']

/** Prints every file that is outside the vocabulary; true where there is none. */
export function checkVocabulary(): boolean {
  const strays = features.flatMap((feature) =>
    readdirSync(`server/${feature}`)
      .filter((name) => !vocabulary.includes(name.replace(/\.ts$/, '')))
      .map((name) => `server/${feature}/${name}`)
      .filter((path) => !agreed.includes(path)),
  )
  for (const path of strays) console.error(`${path}: a feature folder holds only ${vocabulary.join(', ')}`)
  return strays.length === 0
}
