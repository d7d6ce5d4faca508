import { createHash } from 'node:crypto'
import type { AppContext } from '../../context.ts'
import { storeDeliveryReport, type DeliveryReport, type ReadReport } from '../queries/delivery-reports.ts'
import { classifyReport } from '../../delivery-reports/rules/classify.ts'
import { matchReport } from '../../delivery-reports/rules/match.ts'
import { readReportFile } from '../../delivery-reports/import.ts'

/** A report with the message that came back has a few kilobytes. */
export const largestReport = 10 * 1024 ** 2

const unreadable = {
  match: { returnPath: undefined, messageIds: [] },
  reports: [{ verdict: 'not_understood', recipients: [], status: null, diagnostic: null }],
} satisfies Omit<ReadReport, 'fileHash' | 'source'>

/** Reads one report and stores what follows from it. What is no e-mail, or larger than 10 MB, is stored as not understood. */
export async function takeInReport(
  { db, tokenKey, clock }: Pick<AppContext, 'db' | 'tokenKey' | 'clock'>,
  bytes: Uint8Array,
  source: DeliveryReport['source'],
): Promise<DeliveryReport & { repeated: boolean }> {
  const fileHash = createHash('sha256').update(bytes).digest('hex')
  const file = bytes.length > largestReport ? undefined : await readReportFile(bytes)
  const read = file ? { match: matchReport(file, tokenKey), reports: classifyReport(file) } : unreadable
  return storeDeliveryReport(db, { fileHash, source, ...read }, clock())
}
