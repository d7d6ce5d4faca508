import type { Collection } from '../queries/collections.ts'
import type { CollectionView } from '../schema.ts'
import { londonDay } from '../../time/london-dates.ts'
import { isOpen } from './status.ts'
import { modeOf } from '../../../surveys/modes.ts'

/** What staff see of a collection. */
export function presentCollection(
  collection: Collection,
  frame: { services: number; withContact: number },
  now: Date,
): CollectionView {
  const {
    id,
    name,
    questionSet,
    questionSetTitle,
    version,
    mode,
    status,
    opensAt,
    closesAt,
    k,
    openedAt,
    closedAt,
    severedAt,
    pausedAt,
    createdAt,
    registerDate,
    registerFile,
    notice,
  } = collection
  return {
    id,
    name,
    questionSet,
    questionSetTitle,
    version,
    mode,
    status,
    systems: collection.systems.map(({ code, name, region }) => ({ code, name, region })),
    opens: londonDay(opensAt),
    closes: londonDay(closesAt),
    retainUntil: londonDay(collection.retainUntil),
    opensAt,
    closesAt,
    takesAnswers: isOpen(collection, now),
    k,
    frame: modeOf({ mode }).invites ? { ...frame, registerDate, registerFile } : null,
    openedAt,
    closedAt,
    severedAt,
    pausedAt,
    createdAt,
    notice,
  }
}
