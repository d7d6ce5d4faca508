import type { Command } from 'commander'
import { findCollection } from '../collections/queries/collections.ts'
import { extendCollection } from '../fielding/queries/extend.ts'
import { formatLondonDate, londonDayAndClock } from '../time/london-dates.ts'
import { daySchema } from '../collections/schema.ts'
import type { AppContext } from '../context.ts'
import { checkMailable, planMailing } from '../invitations/queries/queue-mailing.ts'
import { type InvitationPlan } from '../invitations/rules/plan-mailings.ts'
import { getSchedule, pauseSending, resumeSending, setSchedule } from '../invitations/queries/schedule.ts'
import { mailingKinds, type MailingKind } from '../invitations/rules/schedule.ts'
import { newScheduleSchema, type Schedule } from '../invitations/schema/schedule.ts'
import { badRequest } from '../errors.ts'
import { textTable } from '../sheets/text-table.ts'
import { commandLineActor, print, type OpenContext } from './command.ts'

interface Json {
  json?: boolean
}

const json = ['--json', 'print JSON'] as const
const collectionArgument = ['<collection>', 'identifier or name'] as const
const who = ({ clock }: AppContext) => ({ actor: commandLineActor, now: clock() })

function printSchedule(context: AppContext, collectionId: string, options: Json): void {
  const { db, clock } = context
  const schedule = getSchedule(db, findCollection(db, collectionId), clock())
  print(options.json, schedule, () => writeSchedule(schedule))
}

export function addScheduleCommands(program: Command, open: OpenContext): void {
  const schedule = program.command('schedule').description('when the messages of a collection leave')
  schedule
    .command('show')
    .description('the plan, and where each mailing stands')
    .argument(...collectionArgument)
    .option(...json)
    .action((name: string, options: Json) => printSchedule(open(), name, options))
  addSet(schedule, open)
  addRecipients(schedule, open)
  for (const [name, description, change] of [
    ['pause', 'hold every message back until it is resumed', pauseSending],
    ['resume', 'let messages leave again', resumeSending],
  ] as const)
    schedule
      .command(name)
      .description(description)
      .argument(...collectionArgument)
      .option(...json)
      .action((given: string, options: Json) => {
        const context = open()
        const { id } = findCollection(context.db, given)
        change(context.db, id, who(context))
        printSchedule(context, id, options)
      })
}

interface SetOptions extends Json {
  days: string
  from: string
  until: string
  rate?: string
  invitation?: string
  reminders: string
  thankYou?: string
  resultsReleased?: string
}

const optionNames: Record<string, string> = {
  ratePerMinute: 'rate',
  thankYou: 'thank-you',
  resultsReleased: 'results-released',
}

// 9:00 is 09:00.
const padded = (time: string) => time.replace(/^\d:/, '0$&')

const listOf = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

function addSet(schedule: Command, open: OpenContext): void {
  schedule
    .command('set')
    .description('replace what has not been sent of the plan, the window and the rate')
    .argument(...collectionArgument)
    .option('--days <numbers>', 'weekdays, 1 Monday to 7 Sunday, with commas between', '1,2,3,4,5')
    .option('--from <time>', 'in UK time', '08:00')
    .option('--until <time>', 'in UK time', '18:00')
    .option('--rate <number>', 'messages a minute; as fast as it goes where not said')
    .option('--invitation <day>', 'when invitations leave by themselves; where not said, invitations send does it')
    .option('--reminders <days>', 'such as 2026-06-06,2026-06-12; none where not said', '')
    .option('--thank-you <day>', 'to everybody whose answers are complete by then; none where not said')
    .option('--results-released <day>', 'to everybody who completed, not before the release; none where not said')
    .option(...json)
    .action((given: string, { days, rate, reminders, json, ...options }: SetOptions) => {
      const wanted = newScheduleSchema.safeParse({
        ...options,
        from: padded(options.from),
        until: padded(options.until),
        days: listOf(days).map(Number),
        ratePerMinute: rate === undefined ? null : Number(rate),
        reminders: listOf(reminders),
      })
      if (!wanted.success)
        throw badRequest(
          'bad_schedule',
          'The schedule was not changed:',
          wanted.error.issues.map(
            ({ path, message }) => `--${optionNames[String(path[0])] ?? String(path[0])}: ${message}`,
          ),
        )
      const context = open()
      const { id } = findCollection(context.db, given)
      setSchedule(context.db, id, wanted.data, who(context))
      printSchedule(context, id, { json })
    })
}

const isMailingKind = (kind: string): kind is MailingKind => (mailingKinds as readonly string[]).includes(kind)

function addRecipients(schedule: Command, open: OpenContext): void {
  schedule
    .command('recipients')
    .description('who would get a mailing now, and why each other service would not')
    .argument(...collectionArgument)
    .option('--kind <kind>', mailingKinds.join(', '), 'reminder')
    .option(...json)
    .action((given: string, { kind, json }: Json & { kind: string }) => {
      if (!isMailingKind(kind))
        throw badRequest('bad_kind', `There is no mailing "${kind}": it is one of ${mailingKinds.join(', ')}.`)
      const { db, clock } = open()
      const collection = findCollection(db, given)
      checkMailable(collection, kind, clock())
      const plan = planMailing(db, collection, kind, clock())
      print(json, { dryRun: true, kind, ...plan }, () => writeRecipients(plan))
    })
}

/** When the last of a mailing leaves, in words. */
export const wordsOnLast = (last: InvitationPlan['last']): string =>
  last === null
    ? ''
    : ` The last leaves about ${londonDayAndClock(last.leavesAt)}${last.inTime ? '' : ', after the close: what waits then is not sent'}.`

function writeRecipients({ queued, leftOut, last }: ReturnType<typeof planMailing>): string {
  const getting = queued.map((row) => [row.locationId, row.service, row.recipient])
  const others = leftOut.map((row) => [row.locationId, row.service, row.reason])
  return [
    ...(getting.length > 0 ? [textTable(['Location ID', 'Service', 'To'], getting)] : []),
    ...(others.length > 0 ? [textTable(['Location ID', 'Service', 'Why not'], others)] : []),
    `${queued.length} would get it, ${leftOut.length} not.${wordsOnLast(last)}`,
  ].join('\n\n')
}

/** The standard plan's invitations leave when somebody sends them. */
const leaves = (id: string | null, kind: MailingKind, startsAt: string): string =>
  id === null && kind === 'invitation' ? 'when you send them' : `from ${londonDayAndClock(startsAt)}`

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

function writeSchedule({
  mailings,
  window,
  windowSet,
  ratePerMinute,
  pausedAt,
  aheadOfClock,
  planned,
  closes,
}: Schedule): string {
  const rows = mailings.map(({ id, kind, dueOn, startsAt, queuedAt, messages }) => [
    kind,
    dueOn,
    queuedAt ? `queued ${londonDayAndClock(queuedAt)}` : leaves(id, kind, startsAt),
    messages.queued + messages.sending,
    messages.sent,
    messages.failed,
    messages.cancelled,
  ])
  const days = window.days.map((day) => weekdays[day - 1]).join(', ')
  return [
    textTable(['Mailing', 'Day', 'Leaves (UK time)', 'Waiting', 'Sent', 'Failed', 'Cancelled'], rows),
    '',
    `Window: ${days}, ${window.from} to ${window.until} in UK time${windowSet ? '' : ' (not set: invitations sent by hand leave at once)'}.`,
    `Rate: ${ratePerMinute === null ? 'as fast as it goes' : `${ratePerMinute} a minute`}. Closes at the end of ${closes}.`,
    ...(planned ? [] : ['This is the default; it begins with the first invitations.']),
    ...(aheadOfClock
      ? [`The clock was put back: a message is of ${londonDayAndClock(aheadOfClock)}. What waits may wait until then.`]
      : []),
    ...(pausedAt ? [`Paused since ${londonDayAndClock(pausedAt)}: nothing leaves.`] : []),
  ].join('\n')
}

/** Below `collection`. */
export function addExtendCommand(collection: Command, open: OpenContext): void {
  collection
    .command('extend')
    .description('close on a later day')
    .argument(...collectionArgument)
    .requiredOption('--closes <day>', 'to 23:59:59 in London')
    .option(...json)
    .action((given: string, { closes, json }: Json & { closes: string }) => {
      const day = daySchema.safeParse(closes)
      if (!day.success) throw badRequest('bad_close', '--closes: must be a day such as 2026-06-01')
      const context = open()
      const extended = extendCollection(context.db, findCollection(context.db, given).id, day.data, who(context))
      print(
        json,
        { id: extended.id, closes: day.data, closesAt: extended.closesAt },
        () => `${extended.name} now closes at the end of ${formatLondonDate(extended.closesAt)}.`,
      )
    })
}
