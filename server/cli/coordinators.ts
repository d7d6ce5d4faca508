import type { Command } from 'commander'
import { findCollection } from '../collections/queries/collections.ts'
import { readCoordinatorsFile } from '../distribution/import/read-coordinators.ts'
import { listCoordinatedLinks, queueCoordinatorMessages } from '../distribution/queries/coordinator-messages.ts'
import { saveCoordinators } from '../distribution/queries/coordinators.ts'
import { getParticipation } from '../distribution/queries/participation.ts'
import { presentLink } from '../distribution/rules/present-link.ts'
import { textTable } from '../frame/templates/text-table.ts'
import { commandLineActor, print, type OpenContext } from './command.ts'

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
        link.messageStatus ?? '',
        link.declaredReach ?? '',
        link.shortUrl,
      ])
      print(options.json, { links }, () =>
        textTable(['System', 'Organisation', 'Coordinator', 'Message', 'Reach', 'Short address'], rows),
      )
    })
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
