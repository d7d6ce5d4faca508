import { eq } from 'drizzle-orm'
import { modeOf } from '../../../surveys/modes.ts'
import { createCascadeLinks } from '../../cascade/queries/links.ts'
import { countFrame, requireCollection, type Collection } from '../../collections/queries/collections.ts'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { collections } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { conflict } from '../../errors.ts'
import { listInvitableServiceIds } from '../../frame/queries.ts'
import { createInvitations } from '../../invitations/queries/invitations.ts'
import type { TokenKey } from '../../links/tokens.ts'
import { problemsBeforeOpening } from '../rules.ts'

/** Opens a draft: invitations for every service with a contact, or a link for each system; k is frozen from here. Sends nothing. */
export function openCollection(db: Db, id: string, { actor, now, tokenKey }: Who & { tokenKey: TokenKey }): Collection {
  return write(db, (tx) => {
    const collection = requireCollection(tx, id)
    if (collection.status !== 'draft') throw conflict('not_draft', `The collection is ${collection.status} already.`)
    const serviceIds = listInvitableServiceIds(tx, id)
    const problems = problemsBeforeOpening(
      {
        ...collection,
        invitable: serviceIds.length,
        services: countFrame(tx, id).services,
        systems: collection.systems.length,
      },
      now,
    )
    if (problems.length > 0) throw conflict('not_ready', `The collection cannot open: ${problems.join(' ')}`, problems)
    const links = modeOf(collection).invites
      ? createInvitations(tx, { collectionId: id, serviceIds, tokenKey, now })
      : createCascadeLinks(tx, {
          collectionId: id,
          systemIds: collection.systems.map((system) => system.id),
          tokenKey,
          now,
        })
    tx.update(collections).set({ status: 'open', openedAt: now.toISOString() }).where(eq(collections.id, id)).run()
    recordAudit(tx, {
      actor,
      action: 'collection.open',
      subject: id,
      detail: { links: links.length, k: collection.k },
      at: now,
    })
    return requireCollection(tx, id)
  })
}
