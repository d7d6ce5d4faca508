import { createSession, saveStaff } from '../../server/accounts/queries.ts'
import { createCollection } from '../../server/collections/queries/stages.ts'
import { openCollection } from '../../server/fielding/queries/open.ts'
import { readConfig } from '../../server/config.ts'
import type { AppContext } from '../../server/context.ts'
import { openContext } from '../../server/data-dir.ts'
import { newId, newToken } from '../../server/db/ids.ts'
import { deriveToken, hashToken } from '../../server/links/tokens.ts'
import { replaceFrame, type FrameService } from '../../server/frame/queries.ts'
import { listSystemsByCode, saveSystem } from '../../server/systems/queries.ts'
import { invitationIdsOf } from '../stored/invitations.ts'

export interface Invitation {
  id: string
  token: string
}

export interface ScratchCollection {
  id: string
  invitations: Invitation[]
}

export const openScratchContext = (dataDir: string): AppContext =>
  openContext(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'error' }))

/** An open personal collection of `services` invented services in 20 systems, made through the product's own functions. */
export function openScratchCollection({ db, tokenKey }: AppContext, services: number): ScratchCollection {
  const now = new Date()
  const who = { actor: 'bench', now, tokenKey }
  const codes = Array.from({ length: 20 }, (_, index) => `invented-${index + 1}`)
  for (const code of codes)
    saveSystem(db, { code, name: `Invented ${code}`, region: 'North West', authorities: [code] }, now)
  const systems = listSystemsByCode(db, codes)
  const draft = createCollection(
    db,
    {
      name: `Bench ${newId()}`,
      questionSet: 'discharge-information-flow',
      mode: 'personal',
      systems: codes,
      opens: dayFrom(now, -1),
      closes: dayFrom(now, 30),
      k: 10,
    },
    who,
  )
  const frame = Array.from({ length: services }, (_, index) =>
    frameService(draft.id, systems[index % systems.length]!.id, index),
  )
  db.transaction((tx) => replaceFrame(tx, draft.id, frame))
  openCollection(db, draft.id, who)
  const ids = invitationIdsOf(db, draft.id)
  return { id: draft.id, invitations: ids.map((id) => ({ id, token: deriveToken(tokenKey, 'invitation', id) })) }
}

/** Signs an admin in; returns the cookie to send. */
export function openScratchSession({ db }: AppContext): string {
  const now = new Date()
  const person = saveStaff(db, { email: 'bench@example.org', role: 'admin', now })
  const token = newToken()
  const expiresAt = new Date(now.getTime() + 12 * 3_600_000)
  createSession(db, { staffId: person.id, tokenHash: hashToken(token), now, expiresAt })
  return `session=${token}`
}

const categories = ['residential_care_home', 'nursing_home', 'domiciliary_care']

function frameService(collectionId: string, systemId: string, index: number): FrameService {
  const provider = Math.floor(index / 3)
  const names = {
    name: `Invented service ${index}`,
    providerKey: `1-${200_000_000 + provider}`,
    providerName: `Invented provider ${provider}`,
    category: categories[index % 3]!,
  }
  const contact = {
    postcode: null,
    telephone: null,
    contactEmail: `manager${index}@example.org`,
    contactName: null,
    notEligibleReason: null,
  }
  return { id: newId(), collectionId, systemId, locationId: `1-${100_000_000 + index}`, ...names, ...contact }
}

const dayFrom = (now: Date, days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)
