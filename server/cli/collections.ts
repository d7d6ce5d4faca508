import type { Command } from 'commander'
import { findCollection, listCollections, type Collection, countFrame } from '../collections/queries/collections.ts'
import { daysToCsv, progressToCsv } from '../progress/export.ts'
import { getProgress } from '../progress/queries/progress.ts'
import { listCollectionsToSever } from '../retention/queries.ts'
import { closeCollection, createCollection } from '../collections/queries/stages.ts'
import { openCollection } from '../fielding/queries/open.ts'
import { presentCollection } from '../collections/rules/present-collection.ts'
import { newCollectionSchema } from '../collections/schema.ts'
import { type Progress } from '../progress/schema.ts'
import { endRetention } from '../retention/worker.ts'
import type { AppContext } from '../context.ts'
import { queueInvitations } from '../invitations/queries/queue-mailing.ts'
import { listCascadeLinks } from '../cascade/queries/links.ts'
import { countMessages } from '../outbox/queries/messages.ts'
import { deriveToken } from '../links/tokens.ts'
import { sendDueMessages } from '../mail.ts'
import { badRequest } from '../errors.ts'
import { textTable } from '../sheets/text-table.ts'
import { readSystemsFile, saveSystems } from '../systems/import/systems-file.ts'
import { commandLineActor, print, type OpenContext } from './command.ts'
import { addFrameCommand } from './frame.ts'
import { addMoveCommand } from './question-sets.ts'
import { addExtendCommand, wordsOnLast } from './schedule.ts'

interface Json {
  json?: boolean
}

const json = ['--json', 'print JSON'] as const
const who = ({ clock, tokenKey }: AppContext) => ({ actor: commandLineActor, now: clock(), tokenKey })
const view = ({ db, clock }: AppContext, collection: Collection) =>
  presentCollection(collection, countFrame(db, collection.id), clock())

export function addCollectionCommands(program: Command, open: OpenContext): void {
  addSystemCommands(program, open)
  addLifeCommands(program.command('collection').description('make, open and close collections'), open)
  addInvitationCommands(program, open)
  addRetentionCommand(program, open)
}

function addSystemCommands(program: Command, open: OpenContext): void {
  program
    .command('systems')
    .description('local health and care systems')
    .command('import')
    .description('add systems or bring them up to date, all or nothing')
    .argument('<csv>', 'code,name,region,local_authorities (; between; empty: the name itself)')
    .option(...json)
    .action(async (file: string, options: Json) => {
      const rows = await readSystemsFile(file)
      const context = open()
      const saved = saveSystems(context.db, rows, who(context))
      const warnings = saved.warnings.map(({ row, column, message }) => `\nrow ${row}, ${column}: ${message}`)
      print(
        options.json,
        saved,
        () =>
          `Systems: ${saved.added} added, ${saved.changed} changed, ${saved.unchanged} unchanged.${warnings.join('')}`,
      )
    })
}

interface CreateOptions extends Json {
  name: string
  questionSet: string
  mode: string
  systems: string
  opens: string
  closes: string
  k: string
  retainUntil?: string
  notice?: string
}

function addLifeCommands(collection: Command, open: OpenContext): void {
  collection
    .command('create')
    .description('make a draft')
    .requiredOption('--name <name>')
    .requiredOption('--question-set <slug>', 'its newest published version is fielded')
    .requiredOption('--mode <mode>', 'personal (invited by email) or cascade (a link to pass on)')
    .requiredOption('--systems <codes>', 'with commas between')
    .requiredOption('--opens <day>', '2026-06-01, from 00:00 in London')
    .requiredOption('--closes <day>', 'to 23:59:59 in London')
    .option('--k <number>', 'the smallest group that is published', '10')
    .option('--retain-until <day>', 'when contacts and links are deleted; a year after the close where not said')
    .option('--notice <text>', 'said on every page and export, such as that the data are synthetic')
    .option(...json)
    .action((options: CreateOptions) => create(open(), options))
  addFrameCommand(collection, open)
  addChange(collection, open, 'open', 'open a draft: make its invitations or links; sends nothing', openCollection)
  addChange(collection, open, 'close', 'close for good', closeCollection)
  addExtendCommand(collection, open)
  addMoveCommand(collection, open)
  collection
    .command('list')
    .description('every collection, newest first')
    .option(...json)
    .action((options: Json) => {
      const context = open()
      const collections = listCollections(context.db).map((row) => view(context, row))
      print(options.json, { collections }, () =>
        textTable(
          ['Identifier', 'Name', 'Mode', 'Status', 'Opens', 'Closes', 'Systems'],
          collections.map((row) => [row.id, row.name, row.mode, row.status, row.opens, row.closes, row.systems.length]),
        ),
      )
    })
  collection
    .command('progress')
    .description('counts of invitations and responses; small ones are hidden, as in results')
    .argument('<collection>', 'identifier or name')
    .option(...json)
    .option('--all', 'small counts too, as an administrator sees them')
    .option('--csv <of>', 'groups or days: as a file has them')
    .action(async (name: string, { json, all, csv }: Json & { all?: boolean; csv?: string }) => {
      const { db, clock } = open()
      const collection = findCollection(db, name)
      const progress = await getProgress(db, collection, { role: all ? 'admin' : 'analyst', systemIds: null }, clock())
      if (csv !== undefined && csv !== 'groups' && csv !== 'days')
        throw badRequest('bad_option', '--csv is groups or days.')
      const text = { groups: () => progressToCsv(progress, collection), days: () => daysToCsv(progress, collection) }
      print(json, progress, csv ? () => text[csv]().trimEnd() : () => writeProgress(progress))
    })
}

function create(context: AppContext, { systems, k, json, ...options }: CreateOptions): void {
  const codes = systems
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '')
  const wanted = newCollectionSchema.safeParse({ ...options, systems: codes, k: /^\d+$/.test(k) ? Number(k) : k })
  if (!wanted.success)
    throw badRequest(
      'bad_collection',
      'The collection was not made:',
      wanted.error.issues.map(
        ({ path, message }) =>
          `--${String(path[0]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${message}`,
      ),
    )
  const collection = view(context, createCollection(context.db, wanted.data, who(context)))
  print(
    json,
    collection,
    () =>
      `${collection.id}\n${collection.name}: a draft on ${collection.questionSet} version ${collection.version}, from ${collection.opens} to ${collection.closes} in London.`,
  )
}

type Change = (db: AppContext['db'], id: string, by: ReturnType<typeof who>) => Collection

function addChange(collection: Command, open: OpenContext, name: string, description: string, change: Change): void {
  collection
    .command(name)
    .description(description)
    .argument('<collection>', 'identifier or name')
    .option(...json)
    .action((given: string, options: Json) => {
      const context = open()
      const changed = view(context, change(context.db, findCollection(context.db, given).id, who(context)))
      print(options.json, changed, () => `${changed.name} is ${changed.status}.`)
    })
}

function writeProgress({ cells, k, gated }: Progress): string {
  const rows = cells.map(({ label, invited, handedOver, suppressed, responses, rates }) => [
    label,
    invited ?? '',
    handedOver ?? '',
    suppressed ? 'hidden' : responses!.complete,
    suppressed ? 'hidden' : responses!.partial,
    rates?.RR1 ?? '',
  ])
  const table = textTable(['', 'Invited', 'Handed over', 'Complete', 'Begun', 'RR1 %'], rows)
  return gated
    ? `${table}\n\nHidden: as in results, a group of fewer than ${k} is not shown, nor one that would give it away.`
    : `${table}\n\nSmall counts are shown: for administrators alone.`
}

function addInvitationCommands(program: Command, open: OpenContext): void {
  program
    .command('invitations')
    .description('invitations of a personal collection')
    .command('send')
    .description('queue what is due; a running server sends it, and so does: outbox send')
    .argument('<collection>', 'identifier or name')
    .option('--dry-run', 'only say who would get one, and who not and why')
    .option(...json)
    .action((name: string, { dryRun = false, json }: Json & { dryRun?: boolean }) => {
      const context = open()
      const plan = queueInvitations(context.db, findCollection(context.db, name), { ...who(context), dryRun })
      print(json, { dryRun, ...plan }, () => writePlan(plan, dryRun))
    })
  program
    .command('outbox')
    .description('messages that wait to be sent')
    .command('send')
    .description('send what is due now, without a server')
    .option(...json)
    .action(async (options: Json) => {
      const context = open()
      const sent = await sendDueMessages(context)
      const standing = countMessages(context.db)
      print(
        options.json,
        { sent, standing },
        () =>
          `${sent} sent ${destination(context)}. All messages: ${
            Object.entries(standing)
              .map(([status, count]) => `${count} ${status}`)
              .join(', ') || 'none'
          }.`,
      )
    })
  program
    .command('links')
    .description('the links of a cascade, to pass on')
    .argument('<collection>', 'identifier or name')
    .option(...json)
    .action((name: string, options: Json) => {
      const { db, config, tokenKey } = open()
      const links = listCascadeLinks(db, findCollection(db, name).id).map(({ link, system }) => ({
        id: link.id,
        system: { code: system.code, name: system.name },
        organisation: link.organisation,
        url: `${config.publicUrl}/c/${deriveToken(tokenKey, 'cascade', link.id)}`,
        withdrawnAt: link.withdrawnAt,
      }))
      print(options.json, { links }, () =>
        links.length > 0
          ? links
              .map(({ system, organisation, url, withdrawnAt }) =>
                [system.code, system.name, organisation ?? 'any organisation', withdrawnAt ? 'withdrawn' : url].join(
                  '\t',
                ),
              )
              .join('\n')
          : 'It has no links: a cascade gets them when it opens.',
      )
    })
}

const destination = ({ config }: AppContext) => (config.smtpUrl ? 'by SMTP' : `to ${config.dataDir}/outbox`)

function writePlan({ queued, leftOut, last }: ReturnType<typeof queueInvitations>, dryRun: boolean): string {
  const parts = []
  if (dryRun && queued.length > 0)
    parts.push(
      textTable(
        ['Location ID', 'Service', 'To'],
        queued.map((row) => [row.locationId, row.service, row.recipient]),
      ),
    )
  if (leftOut.length > 0)
    parts.push(
      textTable(
        ['Location ID', 'Service', 'Why not'],
        leftOut.map((row) => [row.locationId, row.service, row.reason]),
      ),
    )
  const verb = dryRun ? 'would be queued' : 'queued'
  parts.push(
    `${queued.length} ${verb}, ${leftOut.length} left out.${wordsOnLast(last)}${dryRun || queued.length === 0 ? '' : ` A running server sends them; without one: outbox send.`}`,
  )
  return parts.join('\n\n')
}

function addRetentionCommand(program: Command, open: OpenContext): void {
  program
    .command('retention')
    .description('contacts, and what connects answers with services')
    .command('run')
    .description('delete them in every collection whose retention has ended; a running server does so every day')
    .option('--dry-run', 'only say which')
    .option(...json)
    .action(async ({ dryRun = false, json }: Json & { dryRun?: boolean }) => {
      const context = open()
      const due = listCollectionsToSever(context.db, context.clock()).map(({ id, name, retainUntil }) => ({
        id,
        name,
        retainUntil,
      }))
      const ended = dryRun ? [] : await endRetention(context, commandLineActor)
      const text = () =>
        due.length === 0
          ? 'No retention has ended.'
          : due
              .map(
                ({ id, name }) =>
                  `${id}  ${name}: ${dryRun ? 'would be' : 'was'} cut off from its services and contacts.`,
              )
              .join('\n')
      print(json, { dryRun, due, ended }, text)
    })
}
