import { type Collection, requireCollection } from '../../collections/queries/collections.ts'
import { recordAudit, type Who } from '../../db/audit-log.ts'
import { newId } from '../../db/ids.ts'
import type { OpenDatabase } from '../../db/open.ts'
import { snapshots } from '../../db/schema.ts'
import { write } from '../../db/write.ts'
import { conflict } from '../../errors.ts'
import type { SnapshotLabels } from '../rules/cells.ts'
import { differingParts, sealOf } from '../rules/seal.ts'
import { regionCode } from '../../../surveys/counting/strata.ts'
import type { Verification } from '../schema.ts'
import { insertContent, readContent } from './content.ts'
import { contentOf } from './counting.ts'
import { findSnapshot, type SnapshotRow } from './snapshots.ts'
import { findVersionToCountUnder } from './versions.ts'

export interface Taking extends Who {
  /** Under whose plan: the collection's own version, or a later one. */
  version?: number | undefined
}

/**
 * One pass over the complete responses, and one transaction that stores what it leaves. Takes seconds for a hundred thousand responses:
 * the server calls it through `takeSnapshotInBackground`. Throws not_found, nothing_collected, retention_ended, bad_version or not_plan_alone.
 */
export function takeSnapshot(
  db: OpenDatabase,
  collectionId: string,
  { actor, now, version: wanted }: Taking,
): SnapshotRow {
  const collection = requireCollection(db, collectionId)
  if (collection.status === 'draft') throw conflict('nothing_collected', 'The collection has not been opened.')
  if (collection.severedAt !== null)
    throw conflict(
      'retention_ended',
      'The links between invitations and responses have been deleted: response rates can no longer be counted.',
    )
  const { id: versionId, version } = findVersionToCountUnder(db, collection, wanted)
  const content = contentOf(db, collection, { versionId, labels: labelsOf(collection), k: collection.k })
  const row = {
    id: newId(),
    collectionId,
    versionId,
    sha256: sealOf(content),
    responses: content.responses,
    k: content.k,
    labels: content.labels,
    takenAt: now.toISOString(),
    takenBy: actor,
  }
  return write(db, (tx) => {
    tx.insert(snapshots).values(row).run()
    insertContent(tx, row.id, content)
    recordAudit(tx, {
      actor,
      action: 'snapshot.take',
      subject: row.id,
      detail: { collection: collectionId, version, sha256: row.sha256, responses: row.responses },
      at: now,
    })
    return findSnapshot(tx, collectionId, row.id)
  })
}

export function labelsOf({ systems }: Pick<Collection, 'systems'>): SnapshotLabels {
  return {
    systems: Object.fromEntries(systems.map(({ code, name }) => [code, name])),
    regions: Object.fromEntries(systems.map(({ region }) => [regionCode(region), region])),
    regionOf: Object.fromEntries(systems.map(({ code, region }) => [code, regionCode(region)])),
  }
}

/** Takes the snapshot again from the same responses and compares; after the end of retention checks the seal of what is stored. Changes nothing. */
export function verifySnapshot(db: OpenDatabase, collectionId: string, id?: string): Verification {
  const collection = requireCollection(db, collectionId)
  const snapshot = findSnapshot(db, collectionId, id)
  const { sha256, versionId, labels, k } = snapshot
  const stored = readContent(db, snapshot, collection.mode)
  const against = collection.severedAt === null ? 'retaken' : 'stored'
  const retaken = against === 'stored' ? stored : contentOf(db, collection, { versionId, labels, k })
  const seals = [sealOf(retaken), sealOf(stored)]
  const found = seals.find((seal) => seal !== sha256) ?? sha256
  return { id: snapshot.id, sha256, found, same: found === sha256, against, differs: differingParts(stored, retaken) }
}
