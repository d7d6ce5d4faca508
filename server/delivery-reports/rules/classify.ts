import { isAutoReply } from './auto-reply.ts'
import { isComplaint } from './complaint.ts'
import { readDeliveryStatus } from './delivery-status.ts'
import { isSameMailbox } from './mailbox.ts'
import { readTextShape } from './text-shapes.ts'
import { isMailSystem, type RecipientReport, type ReportFile } from './verdict.ts'

const nothing = { recipients: [], status: null, diagnostic: null }

/** What a report says, by recipient: by the fields for machines first, then the known shapes of text, then the signs of an auto-reply. Never empty. */
export function classifyReport(file: ReportFile): RecipientReport[] {
  if (isComplaint(file)) return [{ ...nothing, verdict: 'complaint' }]
  // Within anything else the part is a quotation: somebody forwarded a report.
  const isReport =
    (file.contentType === 'multipart/report' && (file.reportType ?? 'delivery-status') === 'delivery-status') ||
    isMailSystem(file.from)
  const stated = isReport ? file.deliveryStatus.flatMap((part) => readDeliveryStatus(part, file.text)) : []
  if (stated.length > 0) return stated
  const told = readTextShape(file)
  if (told) return told
  return [{ ...nothing, verdict: isAutoReply(file) ? 'auto_reply' : 'not_understood' }]
}

/**
 * The one that is about the address a message went to (undefined: not known). Another's mailbox, to which it may have been passed on, says
 * nothing of this one's; nor do several that differ.
 */
export function reportAbout(reports: readonly RecipientReport[], recipient: string | undefined): RecipientReport {
  const about =
    recipient === undefined
      ? reports
      : reports.filter(
          ({ recipients }) => recipients.length === 0 || recipients.some((named) => isSameMailbox(named, recipient)),
        )
  const [first] = about
  if (!first || about.some(({ verdict }) => verdict !== first.verdict)) return { ...nothing, verdict: 'not_understood' }
  return first
}
