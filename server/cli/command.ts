import type { z } from 'zod'
import type { AppContext } from '../context.ts'
import { badRequest } from '../errors.ts'

export type OpenContext = () => AppContext

/** Who the audit log names for what is done on the command line. */
export const commandLineActor = 'command line'

/** What options say, checked as a route checks its body. Throws bad_options, with what is wrong of each. */
export function checkOptions<T extends z.ZodType>(schema: T, given: unknown): z.output<T> {
  const checked = schema.safeParse(given)
  if (checked.success) return checked.data
  const faults = checked.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`)
  throw badRequest('bad_options', 'Nothing was changed:', faults)
}

/** Prints for machines where `--json` was given, otherwise as text. Large output is written whole. */
export function print(json: boolean | undefined, value: unknown, text: () => string): void {
  process.stdout.write(`${json ? JSON.stringify(value, null, 2) : text()}\n`)
}
