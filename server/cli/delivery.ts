import { readFile, stat } from 'node:fs/promises'
import type { Command } from 'commander'
import { findCollection } from '../collections/queries/collections.ts'
import { takeInReport } from '../invitations/import/take-in-report.ts'
import { readSpool } from '../invitations/import/spool.ts'
import { listNotTaken, listReportsToRead, listUndelivered, retryNotTaken } from '../invitations/queries/undelivered.ts'
import { badRequest } from '../errors.ts'
import { textTable } from '../sheets/text-table.ts'
import { commandLineActor, print, type OpenContext } from './command.ts'

const json = ['--json', 'print JSON'] as const

/** What mail servers reported back, and the addresses that do not work. */
export function addDeliveryCommands(program: Command, open: OpenContext): void {
  const delivery = program.command('delivery').description('what became of messages after they were handed over')
  delivery
    .command('read')
    .description('take in delivery reports; the same file again changes nothing, and files stay where they are')
    .argument('<file or folder>', 'an .eml file, or a folder of them')
    .option(...json)
    .action(async (path: string, options: { json?: boolean }) => {
      const found = await stat(path).catch(() => undefined)
      if (!found) throw badRequest('no_file', `There is no file or folder ${path}.`)
      const context = open()
      const taken = found.isDirectory()
        ? await readSpool(context, path, { source: 'upload', forget: false })
        : [{ name: path, report: await takeInReport(context, await readFile(path), 'upload') }]
      const reports = taken.map(({ name, report: { id, verdict, status, repeated } }) => ({
        name,
        id,
        verdict,
        status,
        repeated,
      }))
      print(options.json, { reports }, () =>
        textTable(
          ['File', 'What it says', 'Status', ''],
          reports.map((row) => [row.name, row.verdict, row.status ?? '', row.repeated ? 'taken in before' : '']),
        ),
      )
    })
  delivery
    .command('undelivered')
    .description('services whose address does not work, and reports that a person has to read')
    .argument('<collection>', 'identifier or name')
    .option(...json)
    .action((name: string, options: { json?: boolean }) => {
      const { db } = open()
      const { id } = findCollection(db, name)
      const services = listUndelivered(db, id)
      const reports = [...listNotTaken(db, id), ...listReportsToRead(db, id)]
      const rows = services.map((row) => [
        row.locationId,
        row.service,
        row.telephone ?? '',
        row.contactEmail ?? '',
        row.detail ?? '',
      ])
      const head = ['Location ID', 'Service', 'Telephone', 'Address', 'What was said']
      const toRead = reports.map((row) => [
        row.locationId,
        row.service,
        row.telephone ?? '',
        row.contactEmail ?? '',
        [row.status, row.diagnostic].filter(Boolean).join(' '),
      ])
      print(options.json, { services, reports }, () =>
        [
          rows.length > 0 ? textTable(head, rows) : 'Every address that was used so far works, as far as is known.',
          ...(toRead.length > 0
            ? [
                `Not taken by the mail server, turned away by a rule, or not understood; read them and decide:\n${textTable(head, toRead)}`,
              ]
            : []),
        ].join('\n\n'),
      )
    })
  delivery
    .command('retry')
    .description('send once more what no mail server took, but for addresses that do not work')
    .argument('<collection>', 'identifier or name')
    .option(...json)
    .action((name: string, options: { json?: boolean }) => {
      const { db, clock } = open()
      const queued = retryNotTaken(db, findCollection(db, name), { actor: commandLineActor, now: clock() })
      print(options.json, { queued }, () => `${queued} queued.`)
    })
}
