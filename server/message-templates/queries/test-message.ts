import { recordAudit } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { write } from '../../db/write.ts'
import { badRequest } from '../../errors.ts'
import { faultOfAddress } from '../../outbox/rules/mail-address.ts'
import type { TemplateKind } from '../rules/template-fields.ts'
import { queueMessage } from '../../outbox/queries/messages.ts'

/** Queues a test of a kind's saved words, to who asks unless another address is given. Throws invalid_address. */
export function queueTestMessage(
  db: Db,
  {
    collectionId,
    kind,
    to,
    actor,
    now,
  }: { collectionId: string; kind: TemplateKind; to?: string; actor: string; now: Date },
): { to: string } {
  const recipient = (to ?? actor).trim()
  const fault = faultOfAddress(recipient)
  if (fault !== undefined) throw badRequest('invalid_address', fault, [{ place: 'to', message: fault }])
  write(db, (tx) => {
    queueMessage(tx, { kind: 'test', templateKind: kind, collectionId, recipient }, { now })
    // The address is in the message, which goes at the end of retention.
    recordAudit(tx, { actor, action: 'template.test', subject: collectionId, detail: { kind }, at: now })
  })
  return { to: recipient }
}
