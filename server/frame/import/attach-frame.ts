import { basename } from 'node:path'
import type { Collection } from '../../collections/queries/collections.ts'
import type { Who } from '../../db/audit-log.ts'
import { localAuthorities } from '../../systems/import/local-authorities.ts'
import type { Db } from '../../db/open.ts'
import { badRequest, conflict } from '../../errors.ts'
import { listSystems } from '../../systems/queries.ts'
import { storeFrame } from '../queries.ts'
import { readFrame, type ReadFrame } from './read-frame.ts'
import { modeOf } from '../../../surveys/modes.ts'

export interface FrameFiles {
  /** Paths. */
  register: string
  contacts?: string | null
  /** What the register's owner calls it. */
  fileName?: string
  acceptUnknown?: boolean
}

/** Throws not_personal, not_draft or retention_ended where a collection takes no frame. */
export function requireFrameDraft({
  mode,
  status,
  severedAt,
}: Pick<Collection, 'mode' | 'status' | 'severedAt'>): void {
  if (!modeOf({ mode }).invites) throw conflict('not_personal', 'A cascade has no frame: nobody is invited by name.')
  if (severedAt !== null) throw conflict('retention_ended', 'Its retention has ended: it takes no contacts any more.')
  if (status !== 'draft') throw conflict('not_draft', `The collection is ${status}: its frame stays as it is.`)
}

/** Says what would be drawn for a collection's systems, or for every system known; writes nothing. */
export function reportFrame(db: Db, files: FrameFiles, collection?: Collection): Promise<ReadFrame> {
  const codes = collection?.systems.map(({ code }) => code)
  const systems = listSystems(db).filter(({ code }) => codes?.includes(code) ?? true)
  return readFrame({ ...files, systems, knownAuthorities: localAuthorities.map(({ name }) => name) })
}

/** Stores a frame that was read in the place of an earlier one. Throws frame_blocked where anything in the files is wrong: then nothing changes. */
export function attachFrame(
  db: Db,
  collectionId: string,
  { source, services, report }: ReadFrame,
  options: Who & { fileName: string; registerDate?: string },
) {
  const errors = report.problems.filter(({ severity }) => severity === 'error')
  if (report.blocked)
    throw badRequest(
      'frame_blocked',
      `Nothing was written: ${errors.length === 1 ? 'one thing is' : `${errors.length} things are`} wrong.`,
      errors,
    )
  const { actor, now, fileName, registerDate } = options
  return storeFrame(
    db,
    collectionId,
    {
      services,
      registerDate: source.registerDate ?? registerDate ?? null,
      registerFile: basename(fileName),
      acceptUnknown: report.acceptUnknown,
    },
    { actor, now },
  )
}
