// Who would get a mailing, as a file: what the console lists in part.
import { csvLine } from '../sheets/csv-line.ts'
import type { InvitationPlan } from './queries/queue-mailing.ts'

/** One row for each service: an address where it would get the mailing, a reason where it would not. */
export function planToCsv({ queued, leftOut }: InvitationPlan): string {
  return [
    ['location_id', 'service', 'recipient', 'leaves_at', 'left_out_because'],
    ...queued.map((row) => [row.locationId, row.service, row.recipient, row.dueAt, null]),
    ...leftOut.map((row) => [row.locationId, row.service, null, null, row.reason]),
  ]
    .map(csvLine)
    .join('')
}
