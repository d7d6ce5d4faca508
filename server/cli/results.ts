import { Option, type Command } from 'commander'
import { findCollection } from '../collections/queries/collections.ts'
import { resultsToCsv, resultsToText } from '../results/export.ts'
import { getResults } from '../results/queries/published.ts'
import { releaseSnapshot } from '../results/queries/release.ts'
import { listSnapshots, type SnapshotRow } from '../results/queries/snapshots.ts'
import { takeSnapshot, verifySnapshot } from '../results/queries/taking.ts'
import { presentSnapshot } from '../results/rules/present-snapshot.ts'
import { takeBody, type Snapshot, type Verification } from '../results/schema.ts'
import { conflict } from '../errors.ts'
import { checkOptions, commandLineActor, print, type OpenContext } from './command.ts'
import { modeOf } from '../../surveys/modes.ts'

/** `snapshot` and `results`. */
export function addResultCommands(program: Command, open: OpenContext): void {
  addSnapshotCommands(
    program.command('snapshot').description('results as they stood at one moment, sealed by a hash'),
    open,
  )
  program
    .command('results <collection>')
    .description('the released results')
    .addOption(new Option('--breakdown <breakdown>', "by one of the plan's breakdowns").conflicts('cross'))
    .option('--cross', "by the plan's cross")
    .addOption(new Option('--format <format>').choices(['json', 'csv', 'text']).default('text'))
    .option('--json', 'the same as --format json')
    .action((name: string, options: { breakdown?: string; cross?: true; format: string; json?: true }) => {
      const { db } = open()
      const { id, mode, notice } = findCollection(db, name)
      const results = getResults(db, id, options, null)
      const format = options.json ? 'json' : options.format
      // Standard output holds the contract and nothing else.
      if (notice !== null && format === 'json') process.stderr.write(`${notice}\n`)
      if (format === 'csv') process.stdout.write(resultsToCsv(results, notice))
      else
        print(format === 'json', results, () =>
          resultsToText(results, { notice, selfSelected: !modeOf({ mode }).hasRates }),
        )
    })
}

function addSnapshotCommands(snapshot: Command, open: OpenContext): void {
  const who = () => ({ actor: commandLineActor, now: open().clock() })
  snapshot
    .command('take <collection>')
    .description('take a snapshot of the complete responses')
    .option(
      '--version <number>',
      "by the plan of a later version that changes no more than the plan; else the collection's own",
    )
    .option('--json')
    .action((name: string, { version, json }: { version?: string; json?: true }) => {
      const { db } = open()
      const number = version !== undefined && /^\d{1,6}$/.test(version) ? Number(version) : version
      const wanted = checkOptions(takeBody, { version: number })
      printSnapshot(json, takeSnapshot(db, findCollection(db, name).id, { ...who(), ...wanted }))
    })
  snapshot
    .command('list <collection>')
    .description('the snapshots taken, oldest first')
    .option('--json')
    .action((name: string, { json }: { json?: true }) => {
      const { db } = open()
      const snapshots = listSnapshots(db, findCollection(db, name).id).map(presentSnapshot)
      print(json, snapshots, () => snapshots.map(describeSnapshot).join('\n') || 'No snapshot has been taken.')
    })
  snapshot
    .command('verify <collection> [snapshot]')
    .description('take a snapshot (the newest, where none is named) again and compare the hashes')
    .option('--json')
    .action((name: string, id: string | undefined, { json }: { json?: true }) => {
      const { db } = open()
      const verification = verifySnapshot(db, findCollection(db, name).id, id)
      print(json, verification, () => describeVerification(verification))
      if (!verification.same)
        throw conflict('not_the_same', 'The snapshot is not what the responses give now.', verification.differs)
    })
  snapshot
    .command('release <collection> [snapshot]')
    .description('let staff see the results of a snapshot (the newest, where none is named)')
    .option('--json')
    .action((name: string, id: string | undefined, { json }: { json?: true }) => {
      const { db } = open()
      printSnapshot(json, releaseSnapshot(db, findCollection(db, name).id, id, who()))
    })
}

function printSnapshot(json: true | undefined, row: SnapshotRow): void {
  const snapshot = presentSnapshot(row)
  print(json, snapshot, () => describeSnapshot(snapshot))
}

function describeSnapshot({ id, version, takenAt, responses, k, sha256, releasedAt }: Snapshot): string {
  return `${id}  taken ${takenAt}  version ${version}  ${responses} responses  k ${k}  ${releasedAt === null ? 'not released' : `released ${releasedAt}`}  sha256 ${sha256}`
}

function describeVerification({ id, sha256, found, same, against, differs }: Verification): string {
  const subject =
    against === 'retaken'
      ? 'taken again from the responses'
      : 'as it is stored (the links to the responses have been deleted)'
  if (same) return `${id}  the same, ${subject}: sha256 ${sha256}`
  return `${id}  NOT the same, ${subject}: sha256 ${sha256}, found ${found}${differs.length > 0 ? `; differs in ${differs.join(', ')}` : ''}`
}
