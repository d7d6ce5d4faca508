import { eq } from 'drizzle-orm'
import supertest from 'supertest'
import { createSession, saveStaff, setStaffSystems } from '../server/accounts/queries.ts'
import type { Role } from '../server/http/staff.ts'
import { requireCollection } from '../server/collections/queries/collections.ts'
import {
  closeCollection,
  createCollection as createDraft,
  type NewCollection,
} from '../server/collections/queries/stages.ts'
import { openCollection } from '../server/fielding/queries/open.ts'
import { newId, newToken } from '../server/db/ids.ts'
import { questionSetVersions, responses } from '../server/db/schema.ts'
import { getInvitation } from '../server/invitations/queries/invitations.ts'
import { listCascadeLinks } from '../server/cascade/queries/links.ts'
import { deriveToken, hashToken } from '../server/links/tokens.ts'
import { listFrameServices, replaceFrame, type FrameService } from '../server/frame/queries.ts'
import { releaseSnapshot } from '../server/results/queries/release.ts'
import { takeSnapshot } from '../server/results/queries/taking.ts'
import { stratumOf } from '../surveys/counting/strata.ts'
import { listSystemsByCode, saveSystem, type System } from '../server/systems/queries.ts'
import { modes } from '../surveys/modes.ts'
import type { Answers } from '../surveys/question-set.ts'
import { appOf, type TestApp } from './app.ts'
import { invitationIdsOf } from './stored/invitations.ts'

/** `systems`: codes of a reviewer's scope, by default every system. */
export interface StaffOptions {
  systems?: string[]
  email?: string
}

/** A member of staff, by default the one of the role. */
export function createStaff(
  { db, time }: TestApp,
  role: Role,
  { systems = [], email = `${role}@example.org` }: StaffOptions = {},
) {
  const person = saveStaff(db, { email, role, now: time.now })
  setStaffSystems(
    db,
    person.id,
    listSystemsByCode(db, systems).map((system) => system.id),
  )
  return person
}

/** Somebody signed in: requests carry their cookie and, as a browser's would, the Origin. */
export function signIn(app: TestApp, role: Role, options?: StaffOptions) {
  const { db, config } = app.context
  const person = createStaff(app, role, options)
  const token = newToken()
  createSession(db, {
    staffId: person.id,
    tokenHash: hashToken(token),
    now: app.time.now,
    expiresAt: new Date(app.time.now.getTime() + 12 * 3_600_000),
  })
  return supertest.agent(appOf(app.context)).set('Cookie', `session=${token}`).set('Origin', config.publicUrl)
}

const who = (app: TestApp) => ({ actor: 'admin@example.org', now: app.time.now, tokenKey: app.context.tokenKey })

/** A system, by default Trafford; the same code again gives the same system. */
export function createSystem(app: TestApp, overrides: Partial<Omit<System, 'id'>> = {}) {
  const { code = 'trafford', name = 'Trafford', region = 'North West' } = overrides
  saveSystem(app.db, { code, name, region, authorities: overrides.authorities ?? [name] }, app.time.now)
  return listSystemsByCode(app.db, [code])[0]!
}

/** A draft, fielded in Trafford from yesterday of the test clock (1 June 2026) to 26 June. */
export function createCollection(app: TestApp, overrides: Partial<NewCollection> = {}) {
  createSystem(app)
  const mode = overrides.mode ?? 'personal'
  const questionSet = modes[mode].invites ? 'discharge-information-flow' : 'relational-audit'
  return createDraft(
    app.db,
    {
      name: 'Review',
      questionSet,
      mode,
      systems: ['trafford'],
      opens: '2026-05-31',
      closes: '2026-06-26',
      k: 10,
      ...overrides,
    },
    who(app),
  )
}

const categories = ['residential_care_home', 'nursing_home', 'domiciliary_care'] as const

/** Puts services into a draft's frame; a number makes so many, spread over its systems and the commonest categories, each of its own provider. */
export function createFrame(app: TestApp, collectionId: string, services: number | Partial<FrameService>[]) {
  const { systems } = requireCollection(app.db, collectionId)
  const wanted = typeof services === 'number' ? Array.from({ length: services }, () => ({})) : services
  const rows = wanted.map((overrides, index) => {
    const number = 100_000_001 + index
    const service = {
      name: `Service ${index + 1}`,
      locationId: `1-${number}`,
      providerKey: `1-${number + 100_000_000}`,
      providerName: `Provider ${index + 1}`,
      category: categories[index % 3]!,
    }
    const contact = {
      postcode: 'M32 0TH',
      telephone: null,
      contactEmail: `manager${index + 1}@example.org`,
      contactName: `Manager ${index + 1}`,
      notEligibleReason: null,
    }
    return {
      id: newId(),
      collectionId,
      systemId: systems[index % systems.length]!.id,
      ...service,
      ...contact,
      ...overrides,
    }
  })
  replaceFrame(app.db, collectionId, rows)
  return listFrameServices(app.db, collectionId)
}

/** An open personal collection with an invitation, and its token, for each service; in the order of the services given. */
export function openPersonalCollection(
  app: TestApp,
  { services = 3, ...overrides }: { services?: number | Partial<FrameService>[] } & Partial<NewCollection> = {},
) {
  const draft = createCollection(app, { ...overrides, mode: 'personal' })
  createFrame(app, draft.id, services)
  const collection = openCollection(app.db, draft.id, who(app))
  const withTokens = invitationIdsOf(app.db, draft.id).map((id) => ({
    ...getInvitation(app.db, id)!,
    token: deriveToken(app.context.tokenKey, 'invitation', id),
  }))
  return { collection, invitations: withTokens }
}

/** An open cascade collection with a link, and its token, for each system. */
export function openCascadeCollection(app: TestApp, overrides: Partial<NewCollection> = {}) {
  const draft = createCollection(app, { ...overrides, mode: 'cascade' })
  const collection = openCollection(app.db, draft.id, who(app))
  const links = listCascadeLinks(app.db, draft.id).map(({ link, system }) => ({
    link,
    system,
    token: deriveToken(app.context.tokenKey, 'cascade', link.id),
  }))
  return { collection, links }
}

interface AddedResponse {
  answers: Answers
  /** A personal collection: whose response it is. */
  invitation?: { invitation: { id: string }; service: Pick<FrameService, 'category' | 'providerKey' | 'systemId'> }
  /** A cascade: the code of the system; by default the collection's first. */
  system?: string
  source?: 'web' | 'import' | 'test'
  status?: 'complete' | 'partial' | 'withdrawn'
}

/** Puts responses into a collection as they are stored, past the respondent's pages: for what is done with many. */
export function addResponses(app: TestApp, collectionId: string, added: AddedResponse[]) {
  const { systems, versionId } = requireCollection(app.db, collectionId)
  const { plan } = app.db.select().from(questionSetVersions).where(eq(questionSetVersions.id, versionId)).get()!
  const at = app.time.now.toISOString()
  const rows = added.map(({ answers, invitation, system: code, source = 'web', status = 'complete' }) => {
    const system =
      systems.find((candidate) =>
        invitation ? candidate.id === invitation.service.systemId : candidate.code === code,
      ) ?? systems[0]!
    const stratum =
      status === 'complete'
        ? stratumOf(plan, {
            system: system.code,
            region: system.region,
            category: invitation?.service.category ?? null,
            answers,
          })
        : null
    const owner = {
      invitationId: invitation?.invitation.id ?? null,
      providerKey: invitation?.service.providerKey ?? null,
    }
    return {
      id: newId(),
      collectionId,
      versionId,
      systemId: system.id,
      source,
      status,
      ...owner,
      stratum,
      data: answers,
      touched: {},
      createdAt: at,
      savedAt: at,
      submittedAt: status === 'complete' ? at : null,
    }
  })
  app.db.transaction((tx) => {
    for (const row of rows) tx.insert(responses).values(row).run()
  })
  return rows
}

/** Closes the collection, takes a snapshot and releases it. */
export function releaseResults(app: TestApp, collectionId: string) {
  if (requireCollection(app.db, collectionId).status === 'open') closeCollection(app.db, collectionId, who(app))
  const { id } = takeSnapshot(app.db, collectionId, who(app))
  return releaseSnapshot(app.db, collectionId, id, who(app))
}

/** Submits a complete set through the respondent's own address (`/r/<token>`, or `/c/<token>` of a shared link). Throws where it is refused. */
export async function submitResponse(
  app: TestApp,
  { token, answers, shared = false }: { token: string; answers: Answers; shared?: boolean },
): Promise<{ reference: string; link?: string }> {
  const answer = await app.request.post(`/${shared ? 'c' : 'r'}/${token}/submit`).send({ answers })
  if (answer.status !== 200) throw new Error(`The submission was refused: ${answer.status} ${answer.text}`)
  return answer.body as { reference: string; link?: string }
}
