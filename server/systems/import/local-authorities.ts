import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'

const rowsSchema = z.array(z.object({ code: z.string(), name: z.string(), region: z.string() }))
const file = join(import.meta.dirname, 'local-authorities.csv')

/** The 153 authorities of England with duties for social care, as ONS names them. */
export const localAuthorities = rowsSchema.parse(parse(readFileSync(file), { columns: true }))
