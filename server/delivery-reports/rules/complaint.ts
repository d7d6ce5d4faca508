import { readFields, type ReportFile } from './verdict.ts'

/** What a person says who marks a message as unwanted: the types of RFC 5965, and what some providers call it. */
const unwanted = ['abuse', 'fraud', 'opt-out', 'opt-out-list', 'complaint']

/**
 * Whether a provider tells that the person marked the message as unwanted (RFC 5965). Other feedback is none: `not-spam`, and
 * `auth-failure`, which is about DMARC.
 */
export const isComplaint = ({ contentType, reportType, feedback }: ReportFile): boolean =>
  contentType === 'multipart/report' &&
  reportType === 'feedback-report' &&
  feedback.some((part) => unwanted.includes(readFields(part).get('feedback-type')?.[0]?.toLowerCase() ?? ''))
