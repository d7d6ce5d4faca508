import type { Command } from 'commander'
import { findCollection } from '../collections/queries/collections.ts'
import { londonDayAndClock } from '../time/london-dates.ts'
import { listHistory } from '../invitations/queries/history.ts'
import { queueLinkAgain } from '../invitations/queries/link-again.ts'
import { getInvitationByLocation } from '../invitations/queries/invitations.ts'
import { correctContact } from '../invitations/queries/undelivered.ts'
import type { HistoryEntry } from '../invitations/rules/history.ts'
import { correctionSchema } from '../invitations/schema/delivery.ts'
import { notFound } from '../errors.ts'
import { textTable } from '../sheets/text-table.ts'
import { checkOptions, commandLineActor, print, type OpenContext } from './command.ts'

interface Options {
  json?: boolean
}

interface Correction extends Options {
  email: string
  name?: string
  send: boolean
}

/** One invitation at a time, named by the Location ID of its service. */
export function addInvitationCommands(program: Command, open: OpenContext): void {
  const invitation = program.command('invitation').description('one invitation of a personal collection')
  addHistory(invitation, open)
  addCorrect(invitation, open)
  oneInvitation(program.command('link').description("one person's link"), 'again')
    .description('send the same link once more; not to who has answered or declined')
    .action((name: string, location: string, { json }: Options) => {
      const { db, who, named } = find(open, name, location)
      const sent = queueLinkAgain(db, named, who)
      print(json, sent, () => `The link is in the outbox for ${sent.recipient}; the running server sends it.`)
    })
}

const oneInvitation = (parent: Command, name: string): Command =>
  parent
    .command(name)
    .argument('<collection>', 'identifier or name')
    .argument('<location>', 'the Location ID of the service, such as 1-100000001')
    .option('--json', 'print JSON')

function find(open: OpenContext, name: string, location: string) {
  const { db, clock } = open()
  const collection = findCollection(db, name)
  const found = getInvitationByLocation(db, collection.id, location.trim())
  if (!found) throw notFound(`${collection.name} has no invitation of ${location}.`)
  const named = { collectionId: collection.id, invitationId: found.invitation.id }
  return { db, service: found.service, named, who: { actor: commandLineActor, now: clock() } }
}

function addHistory(invitation: Command, open: OpenContext): void {
  oneInvitation(invitation, 'history')
    .description('what happened to it and to each of its messages; that a page was opened is not in it')
    .action((collection: string, location: string, { json }: Options) => {
      const { db, service, named } = find(open, collection, location)
      const history = listHistory(db, named.invitationId)
      const { name, locationId, telephone, contactName, contactEmail } = service
      const shown = { service: { name, locationId, telephone, contactName, contactEmail }, history }
      print(json, shown, () => `${name}, ${contactEmail ?? 'no address known'}\n\n${writeHistory(history)}`)
    })
}

function writeHistory(history: readonly HistoryEntry[]): string {
  if (history.length === 0) return 'Nothing has happened yet.'
  const rows = history.map(({ at, kind, event, recipient, actor, detail }) => [
    londonDayAndClock(at),
    [kind, event].join(' ').replaceAll('_', ' ').trim(),
    recipient ?? actor ?? '',
    detail ?? '',
  ])
  return textTable(['When (UK time)', 'What', 'To or by', 'What was said'], rows)
}

function addCorrect(invitation: Command, open: OpenContext): void {
  oneInvitation(invitation, 'correct')
    .description('correct the contact and send the link there; what still waits for the old address is not sent')
    .requiredOption('--email <address>')
    .option('--name <name>', 'as it was where not said')
    .option('--no-send', 'send nothing')
    .action((collection: string, location: string, { json, send, ...given }: Correction) => {
      const wanted = checkOptions(correctionSchema, { ...given, sendAgain: send })
      const { db, who, named } = find(open, collection, location)
      const done = correctContact(db, { ...named, ...wanted, name: wanted.name ?? null }, who)
      const sent = done.sentAgain
        ? `The link is in the outbox for ${wanted.email}; the running server sends it.`
        : 'Nothing was sent.'
      print(json, done, () => `The contact is corrected. ${sent}`)
    })
}
