import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.endsWith('template.md'))
    .map((name) => join('docs', name)),
]

/** `server/frame/rules`, not `server/cli/<subject>.ts`. */
const paths = (text: string) =>
  [...text.matchAll(/`((?:\.githooks|client|docs|drizzle|scripts|server|surveys|test)\/[\w./-]*)`/g)].map(
    ([, path]) => path!,
  )
const links = (text: string) =>
  [...text.replaceAll(/`[^`\n]*`/g, '').matchAll(/\]\((?!https?:|mailto:|#)([^)#]+)/g)].map(([, link]) => link!)

it('finds pages, and paths and links in them', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md']))
  expect(paths('See `server/app.ts`, `server/cli/<subject>.ts` and `npm test`.')).toEqual(['server/app.ts'])
  expect(links('[one](docs/a.md#part), [two](https://example.org), `[three](like/this)`')).toEqual(['docs/a.md'])
})

it('names in the documents no path that is not there', () => {
  const gone = pages.flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8')
    const named = [...paths(text), ...links(text).map((link) => join(dirname(page), link))]
    return named.filter((path) => !existsSync(join(root, path))).map((path) => `${page}: ${path}`)
  })
  expect(gone).toEqual([])
})
