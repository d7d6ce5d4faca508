import { respondentState } from '../../collections/rules/status.ts'
import type { AppContext } from '../../context.ts'
import type { Db } from '../../db/open.ts'
import { getInvitation, getInvitationByTokenHash, type Invited } from '../../invitations/queries/invitations.ts'
import { getCascadeLinkByTokenHash } from '../../cascade/queries/links.ts'
import { responseIdOf } from '../../links/resume-token.ts'
import { hashToken, type TokenKey } from '../../links/tokens.ts'
import { getQuestionSetVersion, type QuestionSetVersion } from '../../question-sets/queries/versions.ts'
import { definitionOf, type Definition } from '../../../surveys/definition/definition.ts'
import type { Answers } from '../../../surveys/question-set.ts'
import { getOwnChoice, type OwnChoice } from '../queries/choices.ts'
import { getHandoverByTokenHash, mayTakeBack, type Handover } from '../queries/handovers.ts'
import {
  getResponseByInvitation,
  getResumedResponse,
  getResumedResponseById,
  type Owner,
  type ResponseRow,
} from '../queries/responses.ts'

declare module 'express-serve-static-core' {
  interface Request {
    link?: Link
  }
}

/** What a respondent's address leads to, as it stands now. */
export interface Link {
  /** An invitation's; the one issued at a first save through a shared link; or the shared link itself. */
  kind: 'invited' | 'resumed' | 'shared'
  /** The address without what follows the token: `/r/<token>`. */
  base: string
  /** The collection's, for every page. */
  notice: string | null
  state: 'not_open_yet' | 'open' | 'closed'
  opensAt: string
  closesAt: string
  /** When an admin closed it, which may be earlier than was said. */
  closedAt: string | null
  retainUntil: string
  system: { id: string; code: string; name: string; region: string }
  /** Of a personal link. */
  service?: { name: string; category: string; contactEmail: string | null }
  invitation?: { id: string; outcome: string | null }
  /** What the person chose instead of answering, where that is the last word. */
  choice?: OwnChoice
  /** Of a link that was retired by passing the survey on. */
  handover?: Handover & { mayTakeBack: boolean }
  owner: Owner
  response: ResponseRow | undefined
  version: QuestionSetVersion
  definition: Definition
}

export const answersOf = (link: Link): Answers => link.response?.data ?? {}

/** The register's service type; null for a cascade. */
export const categoryOf = (link: Link): string | null => link.service?.category ?? null

/** What the token leads to; undefined where it is unknown or withdrawn, which nobody outside can tell apart. */
export function findLink(
  context: Pick<AppContext, 'db' | 'clock' | 'tokenKey'>,
  prefix: 'r' | 'c',
  token: string,
): Link | undefined {
  const hash = hashToken(token)
  const base = `/${prefix}/${token}`
  const found = prefix === 'c' ? sharedLink(context.db, hash) : ownLink(context, hash, token)
  if (!found) return undefined
  const { collection, versionId, ...link } = found
  const version = getVersion(context.db, versionId)
  const state = respondentState(collection, context.clock())
  return {
    ...link,
    base,
    notice: collection.notice,
    state,
    opensAt: collection.opensAt,
    closesAt: collection.closesAt,
    closedAt: collection.closedAt,
    retainUntil: collection.retainUntil,
    version,
    definition: definitionOf(version),
  }
}

/** The link of one person or service, whichever way they came by it. */
function ownLink({ db, tokenKey }: { db: Db; tokenKey: TokenKey }, hash: string, token: string) {
  const invited = getInvitationByTokenHash(db, hash)
  if (invited) return personalLink(db, invited)
  return resumedLink(getResumedResponse(db, hash)) ?? retiredLink(db, hash) ?? laterLink(db, tokenKey, token)
}

function personalLink(db: Db, { invitation, collection, service, system }: Invited) {
  if (invitation.outcome === 'withdrawn') return undefined
  const response = getResponseByInvitation(db, invitation.id)
  if (response?.status === 'withdrawn') return undefined
  const chosen = invitation.outcome === 'not_eligible' || invitation.outcome === 'declined' || response?.submittedAt
  const choice = chosen ? getOwnChoice(db, invitation.id) : undefined
  // Stated by others: there is nothing to ask them.
  if (invitation.outcome === 'not_eligible' && choice !== 'not_eligible') return undefined
  const versionId = response?.versionId ?? collection.versionId
  const owner: Owner = {
    collectionId: collection.id,
    versionId,
    systemId: system.id,
    providerKey: service.providerKey,
    invitationId: invitation.id,
  }
  return { kind: 'invited' as const, collection, system, service, invitation, choice, owner, response, versionId }
}

/** A link that was passed on: it shows that it was, or stands for the invitation again where that was taken back. */
function retiredLink(db: Db, hash: string) {
  const handover = getHandoverByTokenHash(db, hash)
  const invited = handover && getInvitation(db, handover.invitationId)
  if (!invited) return undefined
  if (handover.takenBackAt !== null)
    return handover.standsFor === invited.invitation.tokenVersion ? personalLink(db, invited) : undefined
  const link = personalLink(db, invited)
  // What the colleague does is theirs.
  const retired = { ...handover, mayTakeBack: mayTakeBack(db, handover) }
  return link && { ...link, handover: retired, response: undefined, choice: undefined }
}

type Resumed = ReturnType<typeof getResumedResponse>

/** A link that was sent to finish later. */
function laterLink(db: Db, key: TokenKey, token: string) {
  const responseId = responseIdOf(key, token)
  return responseId === undefined ? undefined : resumedLink(getResumedResponseById(db, responseId))
}

function resumedLink(resumed: Resumed) {
  if (!resumed || resumed.response.status === 'withdrawn' || resumed.response.resumeTokenHash === null) return undefined
  const { response, collection, system } = resumed
  const { versionId } = response
  const owner: Owner = {
    collectionId: collection.id,
    versionId,
    systemId: system.id,
    providerKey: null,
    cascadeLinkId: response.cascadeLinkId ?? undefined,
    resumeTokenHash: resumed.response.resumeTokenHash,
  }
  return { kind: 'resumed' as const, collection, system, owner, response, versionId }
}

function sharedLink(db: Db, hash: string) {
  const shared = getCascadeLinkByTokenHash(db, hash)
  if (!shared || shared.link.withdrawnAt !== null) return undefined
  const { link, collection, system } = shared
  const { versionId } = collection
  const owner: Owner = {
    collectionId: collection.id,
    versionId,
    systemId: system.id,
    providerKey: null,
    cascadeLinkId: link.id,
  }
  return { kind: 'shared' as const, collection, system, owner, response: undefined, versionId }
}

// A published version never changes: read and parsed once.
const versions = new Map<string, QuestionSetVersion>()
const mostVersions = 50

function getVersion(db: Db, id: string): QuestionSetVersion {
  const known = versions.get(id)
  if (known) return known
  const version = getQuestionSetVersion(db, id)
  if (!version) throw new Error(`The question set version ${id} is missing.`)
  if (version.publishedAt !== null && versions.size < mostVersions) versions.set(id, version)
  return version
}
