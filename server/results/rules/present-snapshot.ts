import type { Snapshot } from '../schema.ts'

/** A snapshot as the API and the command line show it. */
export function presentSnapshot(snapshot: Snapshot): Snapshot {
  const { id, version, sha256, takenAt, takenBy, responses, k, releasedAt, releasedBy } = snapshot
  return { id, version, sha256, takenAt, takenBy, responses, k, releasedAt, releasedBy }
}
