import { eq } from 'drizzle-orm'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { collections } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { badRequest, conflict } from '../../errors.ts'
import { listSteps } from '../../question-sets/queries/versions.ts'
import { areCorrections } from '../../question-sets/rules/draft/statements.ts'
import { type Collection, requireCollection } from './collections.ts'

/**
 * Fields a later version of the same question set from now on, where every version up to it only corrects the one before and the analysis
 * plan is the same. Responses keep the version that they were begun on. Throws not_open, bad_version or not_corrections.
 */
export function moveCollectionToVersion(db: Db, id: string, version: number, { actor, now }: Who): Collection {
  return write(db, (tx) => {
    const collection = requireCollection(tx, id)
    if (collection.status !== 'open' && collection.status !== 'draft')
      throw conflict('not_open', `The collection is ${collection.status}: it stays on its version.`)
    const steps = listSteps(tx, collection.questionSet, collection.version, version)
    const whole = steps.at(-1)
    if (!whole) throw badRequest('bad_version', `Give a published version that is later than ${collection.version}.`)
    const { before: from, after: to } = whole
    const wrong = steps.find(
      ({ before, after, changes }) => before.planSha256 !== after.planSha256 || !areCorrections(changes),
    )
    if (wrong)
      throw conflict(
        'not_corrections',
        `Version ${wrong.after.version} is more than a correction: make a collection of its own for it.`,
      )
    tx.update(collections).set({ versionId: to.id }).where(eq(collections.id, id)).run()
    recordAudit(tx, {
      actor,
      action: 'collection.move_to_version',
      subject: id,
      detail: { from: from.version, to: to.version, sha256: to.sha256 },
      at: now,
    })
    return requireCollection(tx, id)
  })
}
