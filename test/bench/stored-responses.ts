import { newId, newReference } from '../../server/db/ids.ts'
import type { OpenDatabase } from '../../server/db/open.ts'
import { storeResponses, storeTexts } from '../stored/in-bulk.ts'
import { submittedResponses, textsOf } from '../stored/responses.ts'
import type { Invitation } from './scratch-collection.ts'

/** Stores a response for each invitation: copies of those that the server itself has stored, 5,000 a transaction. */
export function fillResponses(db: OpenDatabase, invitations: readonly Invitation[]): void {
  const stored = submittedResponses(db)
    .slice(0, 500)
    .map((row) => ({ row, texts: textsOf(db, row.id) }))
  const copyAll = (batch: readonly Invitation[]) => {
    const copies = batch.map((invitation, index) => {
      const { row, texts } = stored[index % stored.length]!
      const id = newId()
      return {
        row: { ...row, id, invitationId: invitation.id, reference: newReference() },
        texts: texts.map((text) => ({ ...text, responseId: id })),
      }
    })
    db.transaction((tx) => {
      storeResponses(
        tx,
        copies.map(({ row }) => row),
      )
      storeTexts(
        tx,
        copies.flatMap(({ texts }) => texts),
      )
    })
  }
  for (let start = 0; start < invitations.length; start += 5000) copyAll(invitations.slice(start, start + 5000))
  db.$client.pragma('wal_checkpoint(TRUNCATE)')
}
