import type { Command } from 'commander'
import { findCollection } from '../collections/queries/collections.ts'
import { AppError } from '../errors.ts'
import { importResponses } from '../responses/import/import-responses.ts'
import type { ImportProblem } from '../responses/import/read-returns.ts'
import { commandLineActor, print, type OpenContext } from './command.ts'

export function addResponseCommands(program: Command, open: OpenContext): void {
  const responses = program.command('responses').description('Returns that did not come through the web')
  responses
    .command('import')
    .description('Store coded answers from paper or telephone; all rows or none')
    .argument('<collection>', 'identifier or name; open or closed, not released')
    .argument(
      '<csv>',
      'header: system, location_id (personal), then variables; several choices as a;b, matrix rows as partners.acute_hospital',
    )
    .option('--json', 'for machines; what is refused comes as JSON on standard error')
    .action(async (name: string, csv: string, { json }: { json?: boolean }) => {
      const context = open()
      const collection = findCollection(context.db, name)
      try {
        const result = await importResponses(context, collection, csv, commandLineActor)
        print(json, { collection: { id: collection.id, name: collection.name }, ...result }, () =>
          describe(collection.name, result),
        )
      } catch (error) {
        throw json ? error : inWords(error)
      }
    })
}

function describe(
  collection: string,
  { imported, replacedPartial }: { imported: number; replacedPartial: number },
): string {
  const replaced =
    replacedPartial > 0 ? ` ${replacedPartial} took the place of answers that were begun online and not submitted.` : ''
  return `Imported ${imported} ${imported === 1 ? 'response' : 'responses'} into ${collection}.${replaced}`
}

/** The same refusal with a line for each problem. */
function inWords(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'import_refused') return error
  const lines = (error.details as ImportProblem[]).map(({ row, column, reason }) => `row ${row}, ${column}: ${reason}`)
  return new AppError(error.status, error.code, error.message, lines)
}
