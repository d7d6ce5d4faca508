import type { Command } from 'commander'
import { findCollection } from '../collections/queries/collections.ts'
import { daySchema } from '../collections/schema.ts'
import { badRequest } from '../errors.ts'
import { attachFrame, reportFrame, requireFrameDraft } from '../frame/import/attach-frame.ts'
import { writeFrameReport } from '../frame/templates/frame-report.ts'
import { commandLineActor, print, type OpenContext } from './command.ts'

interface Options {
  contacts?: string
  acceptUnknown?: boolean
  registerDate?: string
  allRows?: boolean
  json?: boolean
}

const acceptUnknown = [
  '--accept-unknown',
  'draw services although the file does not say whether they meet every criterion',
] as const

export function addFrameCommands(program: Command, open: OpenContext): void {
  const frame = program.command('frame').description('what a register holds')
  frame
    .command('read')
    .description(
      'say what a register holds, what would be drawn for the systems known, and what is wrong, row by row; writes nothing',
    )
    .argument('<register>', "CQC's directory: monthly (ods, xlsx, csv) or weekly (csv)")
    .option('--contacts <csv>', 'location_id,email,name')
    .option(...acceptUnknown)
    .option('--all-rows', 'list rows of other areas too')
    .option('--json', 'print JSON')
    .action(async (register: string, options: Options) => {
      const read = await reportFrame(open().db, {
        register,
        contacts: options.contacts,
        acceptUnknown: options.acceptUnknown,
      })
      print(options.json, { source: read.source, ...read.report }, () =>
        writeFrameReport(read, { allRows: options.allRows }),
      )
    })
}

/** `collection frame`, among the commands of a collection. */
export function addFrameCommand(collection: Command, open: OpenContext): void {
  collection
    .command('frame')
    .description('draw the frame of a draft from the register; a wrong file changes nothing')
    .argument('<collection>', 'identifier or name')
    .argument('<register>', "CQC's directory: monthly (ods, xlsx, csv) or weekly (csv)")
    .requiredOption('--contacts <csv>', 'location_id,email,name')
    .option(...acceptUnknown)
    .option('--register-date <day>', 'where the file does not say of what day it is: 2026-06-01')
    .option('--json', 'print JSON')
    .action((name: string, register: string, options: Options) => drawFrame(open, name, register, options))
}

async function drawFrame(open: OpenContext, name: string, register: string, options: Options): Promise<void> {
  const { db, clock } = open()
  const collection = findCollection(db, name)
  requireFrameDraft(collection)
  if (options.registerDate !== undefined && !daySchema.safeParse(options.registerDate).success)
    throw badRequest('bad_date', '--register-date must be a day such as 2026-06-01.')
  const read = await reportFrame(
    db,
    { register, contacts: options.contacts, acceptUnknown: options.acceptUnknown },
    collection,
  )
  if (!options.json || read.report.blocked)
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ source: read.source, ...read.report }, null, 2)}\n`
        : `${writeFrameReport(read)}\n\n`,
    )
  const stored = attachFrame(db, collection.id, read, {
    actor: commandLineActor,
    now: clock(),
    fileName: register,
    registerDate: options.registerDate,
  })
  print(
    options.json,
    { ...stored, source: read.source, report: read.report },
    () => `${collection.name}: ${stored.services} services in the frame, ${stored.withContact} with a contact.`,
  )
}
