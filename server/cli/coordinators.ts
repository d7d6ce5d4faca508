import type { Command } from 'commander'
import type { AppContext } from '../context.ts'
import { findCollection } from '../collections/queries/collections.ts'
import { readCoordinatorsFile } from '../cascade/import.ts'
import { listCoordinatedLinks, queueCoordinatorMessages } from '../cascade/queries/coordinator-messages.ts'
import { correctCoordinator, restoreLink, withdrawLink } from '../cascade/queries/coordinator-changes.ts'
import { saveCoordinators } from '../cascade/queries/coordinators.ts'
import { getParticipation } from '../cascade/queries/participation.ts'
import { presentLink } from '../cascade/rules/present-link.ts'
import { hashShortCode } from '../links/short-code.ts'
import { withdrawLinkSchema } from '../cascade/schema/coordinators.ts'
import { correctionSchema } from '../invitations/schema/delivery.ts'
import { badRequest, notFound } from '../errors.ts'
import { textTable } from '../sheets/text-table.ts'
import { checkOptions, commandLineActor, print, type OpenContext } from './command.ts'

interface Options {
  json?: boolean
  dryRun?: boolean
}

const json = ['--json', 'print JSON'] as const
const collection = ['<collection>', 'identifier or name'] as const

export function addCoordinatorCommands(program: Command, open: OpenContext): void {
  const coordinators = program.command('coordinators').description('who passes on the links of a cascade')
  addImport(coordinators, open)
  addSend(coordinators, open)
  addParticipation(coordinators, open)
  addChanges(coordinators, open)
  coordinators
    .command('list')
    .description('every link with its coordinator, its short address, its poster and the coordinator’s own page')
    .argument(...collection)
    .option(...json)
    .action((name: string, options: Options) => {
      const { db, config, tokenKey } = open()
      const addresses = { publicUrl: config.publicUrl, tokenKey }
      const links = listCoordinatedLinks(db, findCollection(db, name).id).map((found) => presentLink(found, addresses))
      const rows = links.map((link) => [
        link.system.code,
        link.organisation ?? 'any',
        link.coordinatorEmail ?? '',
        link.withdrawnAt ? 'link withdrawn' : (link.problem ?? link.messageStatus ?? ''),
        link.declaredReach ?? '',
        link.shortUrl,
      ])
      print(options.json, { links }, () =>
        textTable(['System', 'Organisation', 'Coordinator', 'Message', 'Reach', 'Short address'], rows),
      )
    })
}

interface Correction extends Options {
  email: string
  name?: string
  send: boolean
}

const linkArgument = ['<link>', 'its organisation, the code of its short address, or its identifier'] as const

/** One link at a time. */
function addChanges(coordinators: Command, open: OpenContext): void {
  const command = (name: string, description: string) =>
    coordinators
      .command(name)
      .description(description)
      .argument(...collection)
      .argument(...linkArgument)
      .option(...json)
  const find = (name: string, link: string) => {
    const context = open()
    const collectionId = findCollection(context.db, name).id
    const who = { actor: commandLineActor, now: context.clock(), tokenKey: context.tokenKey }
    return { db: context.db, who, named: { collectionId, linkId: findLink(context, collectionId, link) } }
  }
  command('correct', 'correct or replace a coordinator and send the message again; who is replaced loses their page')
    .requiredOption('--email <address>')
    .option('--name <name>', 'as it was where not said')
    .option('--no-send', 'send nothing')
    .action((name: string, link: string, { json, send, ...given }: Correction) => {
      const { db, who, named } = find(name, link)
      const wanted = checkOptions(correctionSchema, { ...given, sendAgain: send })
      const done = correctCoordinator(db, { ...named, ...wanted, name: wanted.name ?? null }, who)
      const sent = done.sentAgain ? `A message is in the outbox for ${wanted.email}.` : 'Nothing was sent.'
      print(json, { ...named, ...done }, () => `The coordinator is corrected. ${sent}`)
    })
  command('withdraw', 'withdraw a link: it shows that it does not work; answers already given stay')
    .requiredOption('--reason <words>', 'for the audit log and the console')
    .action((name: string, link: string, { json, ...given }: Options & { reason: string }) => {
      const { db, who, named } = find(name, link)
      withdrawLink(db, { ...named, ...checkOptions(withdrawLinkSchema, given) }, who)
      print(json, named, () => 'The link is withdrawn.')
    })
  command('restore', 'let a withdrawn link work again').action((name: string, link: string, { json }: Options) => {
    const { db, who, named } = find(name, link)
    restoreLink(db, named, who)
    print(json, named, () => 'The link works again.')
  })
}

/** The identifier of the one link that is meant. Throws not_found, unclear. */
function findLink({ db, tokenKey }: AppContext, collectionId: string, given: string): string {
  const shortCodeHash = hashShortCode(tokenKey, given)
  const found = listCoordinatedLinks(db, collectionId).filter(
    ({ link }) =>
      link.id === given ||
      link.shortCodeHash === shortCodeHash ||
      link.organisation?.toLowerCase() === given.trim().toLowerCase(),
  )
  if (found.length > 1)
    throw badRequest('unclear', `${found.length} links are of "${given}": give the code of the short address.`)
  if (!found[0]) throw notFound(`There is no link "${given}": see coordinators list.`)
  return found[0].link.id
}

function addParticipation(coordinators: Command, open: OpenContext): void {
  coordinators
    .command('participation')
    .description('answers by the reach that coordinators declared, as a range; small counts are hidden, as in results')
    .argument(...collection)
    .option(...json)
    .action((name: string, options: Options) => {
      const { db } = open()
      const participation = getParticipation(db, findCollection(db, name))
      const rows = participation.cells.map(({ label, declared, reach, suppressed, low, high }) => [
        label,
        declared,
        reach,
        suppressed ? 'hidden' : low === null ? '' : low === high ? `${low}%` : `${low}% to ${high}%`,
      ])
      print(options.json, participation, () => textTable(['', 'Links declared', 'Reach', 'Participation'], rows))
    })
}

function addImport(coordinators: Command, open: OpenContext): void {
  coordinators
    .command('import')
    .description('make a link for each organisation, all or nothing; sends nothing')
    .argument(...collection)
    .argument('<csv>', 'system,organisation,sector,name,email')
    .option('--dry-run', 'only say what would be made')
    .option(...json)
    .action(async (name: string, file: string, options: Options) => {
      const rows = await readCoordinatorsFile(file)
      const { db, clock, tokenKey } = open()
      const who = { actor: commandLineActor, now: clock(), tokenKey, dryRun: options.dryRun }
      const saved = saveCoordinators(db, findCollection(db, name).id, rows, who)
      print(
        options.json,
        saved,
        () =>
          `Links: ${saved.added} added, ${saved.changed} changed, ${saved.unchanged} unchanged.${saved.dryRun ? ' Nothing was stored.' : ''}`,
      )
    })
}

function addSend(coordinators: Command, open: OpenContext): void {
  coordinators
    .command('send')
    .description('queue a message to forward for each coordinator who has had none')
    .argument(...collection)
    .option('--dry-run', 'only say who would get one, and who not and why')
    .option(...json)
    .action((name: string, options: Options) => {
      const { db, clock } = open()
      const who = { actor: commandLineActor, now: clock(), dryRun: options.dryRun }
      const plan = queueCoordinatorMessages(db, findCollection(db, name).id, who)
      const table = [...plan.queued, ...plan.leftOut].map((row) => [
        row.system,
        row.organisation ?? 'any',
        'recipient' in row ? row.recipient : row.reason,
      ])
      const verb = plan.dryRun ? 'would be queued' : 'queued'
      print(
        options.json,
        plan,
        () =>
          `${textTable(['System', 'Organisation', 'To, or why not'], table)}\n\n${plan.queued.length} ${verb}, ${plan.leftOut.length} left out.`,
      )
    })
}
