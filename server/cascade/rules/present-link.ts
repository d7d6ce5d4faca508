import type { listCoordinatedLinks } from '../queries/coordinator-messages.ts'
import { addressesOfLink } from '../../links/cascade-addresses.ts'
import type { TokenKey } from '../../links/tokens.ts'

/** What an admin sees of a cascade link. */
export function presentLink(
  {
    link,
    system,
    messageStatus,
    problem,
    problemDetail,
    withdrawnReason,
  }: ReturnType<typeof listCoordinatedLinks>[number],
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
