import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** What `vite build` left; made by the set-up script before anything is served. */
export const assetsFolder = join(import.meta.dirname, '../../dist/client')

const manifestSchema = z.record(z.string(), z.object({ file: z.string() }))
const manifestFile = join(assetsFolder, '.vite/manifest.json')
const manifest = existsSync(manifestFile) ? manifestSchema.parse(JSON.parse(readFileSync(manifestFile, 'utf8'))) : {}

/** The address of a built file, by its source; changes with its content, so that it can be cached for ever. */
export function asset(source: string): string {
  return `/${manifest[source]?.file ?? source}`
}
