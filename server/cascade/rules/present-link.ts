import type { z } from 'zod'
import type { coordinatedLinksSchema } from '../schema/coordinators.ts'
import { addressesOfLink } from '../../links/cascade-addresses.ts'
import type { TokenKey } from '../../links/tokens.ts'

type Link = z.infer<typeof coordinatedLinksSchema>['links'][number]

/** A link of a cascade as it is stored, with where its coordinator's message stands. */
interface Coordinated extends Pick<Link, 'system' | 'messageStatus' | 'problem' | 'problemDetail' | 'withdrawnReason'> {
  link: Pick<
    Link,
    'id' | 'organisation' | 'sector' | 'coordinatorName' | 'coordinatorEmail' | 'declaredReach' | 'withdrawnAt'
  >
}

/** What an admin sees of a cascade link. */
export function presentLink(
  { link, system, messageStatus, problem, problemDetail, withdrawnReason }: Coordinated,
  addresses: { publicUrl: string; tokenKey: TokenKey },
) {
  const { id, organisation, sector, coordinatorName, coordinatorEmail, declaredReach, withdrawnAt } = link
  return {
    id,
    system: { code: system.code, name: system.name },
    organisation,
    sector,
    coordinatorName,
    coordinatorEmail,
    messageStatus,
    problem,
    problemDetail,
    declaredReach,
    withdrawnAt,
    withdrawnReason: withdrawnAt === null ? null : withdrawnReason,
    ...addressesOfLink(addresses, link),
  }
}
