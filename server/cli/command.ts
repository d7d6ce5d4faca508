import type { AppContext } from '../context.ts'

export type OpenContext = () => AppContext

/** Who the audit log names for what is done on the command line. */
export const commandLineActor = 'command line'

/** Prints for machines where `--json` was given, otherwise as text. Large output is written whole. */
export function print(json: boolean | undefined, value: unknown, text: () => string): void {
  process.stdout.write(`${json ? JSON.stringify(value, null, 2) : text()}\n`)
}
