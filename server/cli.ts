import './check-runtime.ts'
import { Command } from 'commander'
import { addAccountCommands } from './cli/accounts.ts'
import { addCollectionCommands } from './cli/collections.ts'
import { addCoordinatorCommands } from './cli/coordinators.ts'
import { addDeliveryCommands } from './cli/delivery.ts'
import { addFrameCommands } from './cli/frame.ts'
import { addInvitationCommands } from './cli/invitations.ts'
import { addQuestionSetCommands } from './cli/question-sets.ts'
import { addResponseCommands } from './cli/responses.ts'
import { addResultCommands } from './cli/results.ts'
import { addScheduleCommands } from './cli/schedule.ts'
import { addTemplateCommands } from './cli/templates.ts'
import { readConfig } from './config.ts'
import { openContext } from './data-dir.ts'
import { AppError } from './errors.ts'
import type { OpenContext } from './cli/command.ts'

const program = new Command('footbridge')
  .description('Local system review surveys, from the command line')
  .showHelpAfterError()

// Opened by the first command that needs it, so that --help needs no database.
let context: ReturnType<OpenContext> | undefined
const open: OpenContext = () => (context ??= openContext(readConfig()))

addFrameCommands(program, open)
addQuestionSetCommands(program, open)
addCollectionCommands(program, open)
addCoordinatorCommands(program, open)
addDeliveryCommands(program, open)
addInvitationCommands(program, open)
addScheduleCommands(program, open)
addTemplateCommands(program, open)
addResponseCommands(program, open)
addResultCommands(program, open)
addAccountCommands(program, open)

try {
  await program.parseAsync()
} catch (error) {
  const details = error instanceof AppError && Array.isArray(error.details) ? error.details : []
  console.error(error instanceof Error ? error.message : error)
  for (const detail of details) console.error(`  ${inWords(detail)}`)
  if (!(error instanceof AppError) && error instanceof Error) console.error(error.stack)
  process.exitCode = 1
} finally {
  context?.mailer.close()
  context?.db.$client.close()
}

/** A detail says in its `message` or `detail` what a person can act on. */
function inWords(detail: unknown): string {
  const { message, detail: text } = (typeof detail === 'object' && detail !== null ? detail : {}) as Record<
    string,
    unknown
  >
  const words = [detail, message, text].find((candidate) => typeof candidate === 'string')
  return words ?? JSON.stringify(detail)
}
