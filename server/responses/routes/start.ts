import type { Input } from '../../http/handle.ts'
import { seeOther } from '../../http/handle.ts'
import { resumePage } from '../rules/page-order.ts'
import { introductionPage } from '../templates/introduction.ts'
import { answersOf } from './link.ts'
import { linkOf, receiptOf, standingOf } from './state.ts'

/** Where a link leads first; changes nothing. */
export const showIntroduction = ({ req }: Input<object>) => {
  const link = linkOf(req)
  const standing = standingOf(link)
  if (standing) return standing
  const { base, kind, version, system, service, closesAt, retainUntil, response, definition } = link
  const next = resumePage(definition, answersOf(link), response?.touched ?? {})
  return introductionPage({
    kind,
    base,
    notice: link.notice,
    title: version.questions.title,
    description: version.questions.description,
    minutes: version.plan.minutes,
    system: system.name,
    service: service?.name,
    closesAt,
    retainUntil,
    startAt: next === undefined ? `${base}/check` : `${base}/pages/${next}`,
    begun: response !== undefined,
    declined: link.invitation?.outcome === 'declined',
  })
}

export const showReceipt = ({ req }: Input<object>) => {
  const link = linkOf(req)
  return receiptOf(link) ?? seeOther(link.base)
}
