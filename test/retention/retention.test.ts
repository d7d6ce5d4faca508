import { mkdtemp, readdir, readFile, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import supertest from 'supertest'
import { beforeEach, expect, test } from 'vitest'
import { createApp } from '../../server/app.ts'
import { requireCollection } from '../../server/collections/queries/collections.ts'
import { getProgress } from '../../server/progress/queries/progress.ts'
import { severCollection } from '../../server/retention/queries.ts'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { endRetention } from '../../server/retention/worker.ts'
import { recordAudit } from '../../server/db/audit-log.ts'
import { migrateDatabase, openDatabase, type OpenDatabase } from '../../server/db/open.ts'
import { createMailer } from '../../server/outbox/mailer.ts'
import { queueInvitations } from '../../server/invitations/queries/queue-mailing.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { loadShippedQuestionSets } from '../../server/question-sets/import/shipped.ts'
import { testApp, type TestApp } from '../app.ts'
import { openCascadeCollection, openPersonalCollection, releaseResults, submitResponse } from '../factories.ts'
import { dump, fillPage, locationOf } from '../responses/form.ts'
import { storedAuditLog } from '../stored/accounts.ts'
import { storedCascadeLinks } from '../stored/collections.ts'
import { everythingStored } from '../stored/everything.ts'
import { storedInvitations } from '../stored/invitations.ts'
import { responseIdsAsTheyLie, storedResponses, storeResponse, type StoredResponse } from '../stored/responses.ts'
import { storedSnapshots } from '../stored/snapshots.ts'

let app: TestApp
let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'retention-'))
  app = testApp()
  app.context.config.dataDir = dataDir
})

const who = () => ({ actor: 'admin@example.org', now: app.time.now })

/** The app's database moved to a file, so that its bytes can be looked at. */
function onDisk(): void {
  const db = openDatabase(join(dataDir, 'footbridge.sqlite'))
  migrateDatabase(db)
  loadShippedQuestionSets(db, app.time.now)
  app.db = app.context.db = db
}

interface Answered {
  id: string
  reference: string
  resumeTokenHash: string
}

/** As the respondent's side stores it: every field that could lead back is filled. */
function answer(
  db: OpenDatabase,
  { invitation, service, system, collection }: ReturnType<typeof openPersonalCollection>['invitations'][number],
  status: StoredResponse['status'] = 'complete',
): Answered {
  const row = {
    id: `response-of-${invitation.id.slice(0, 4)}`,
    reference: `REF-${invitation.id.slice(0, 8)}`,
    resumeTokenHash: `resume-${invitation.id}`,
  }
  const data = { service_type: service.category, summary_received: 'under_quarter', works_well: 'They ring us.' }
  const stratum = {
    region: 'North West',
    system: system.code,
    service_type: service.category,
    setting: service.category === 'domiciliary_care' ? 'care_at_home' : 'care_home',
  }
  storeResponse(db, {
    ...row,
    collectionId: collection.id,
    versionId: collection.versionId,
    systemId: system.id,
    invitationId: invitation.id,
    providerKey: service.providerKey,
    stratum,
    data,
    touched: { summary_received: 1 },
    revision: 3,
    status,
    createdAt: '2026-06-02T10:11:12.131Z',
    savedAt: '2026-06-02T10:20:22.232Z',
    submittedAt: '2026-06-02T10:30:32.333Z',
  })
  return row
}

const categories = [
  ...Array.from({ length: 20 }, () => 'residential_care_home'),
  ...Array.from({ length: 12 }, () => 'nursing_home'),
  'domiciliary_care',
]

async function collected() {
  onDisk()
  const opened = openPersonalCollection(app, {
    services: categories.map((category, index) => ({
      category,
      name: `The Elms number ${index}`,
      postcode: `ZZ${index} 9XX`,
      telephone: `01610000${index}`,
      providerName: `Owner ${index} plc`,
    })),
  })
  queueInvitations(app.db, opened.collection, who())
  await sendDueMessages({ ...app.context, mailer: createMailer({ smtpUrl: undefined, dataDir }) })
  const answered = opened.invitations
    .slice(0, 30)
    .concat(opened.invitations.at(-1)!)
    .map((invited) => answer(app.db, invited))
  answer(app.db, opened.invitations[30]!, 'partial')
  recordAudit(app.db, {
    actor: 'admin@example.org',
    action: 'invitation.contacted',
    subject: opened.invitations[0]!.invitation.id,
    detail: { service: 'The Elms number 0' },
    at: app.time.now,
  })
  recordAudit(app.db, {
    actor: 'admin@example.org',
    action: 'responses.import',
    subject: opened.collection.id,
    detail: { rows: [{ location: opened.invitations[1]!.service.locationId }] },
    at: app.time.now,
  })
  await mkdir(join(dataDir, 'uploads', opened.collection.id), { recursive: true })
  await writeFile(join(dataDir, 'uploads', opened.collection.id, 'contacts'), 'manager1@example.org')
  closeCollection(app.db, opened.collection.id, who())
  return { ...opened, answered }
}

test('after retention nothing that is left leads from an answer to a service or a person', async () => {
  const { collection, invitations, answered } = await collected()
  app.time.now = new Date('2027-06-27T00:00:00Z')
  const [ended] = await endRetention(app.context, 'command line')
  expect(ended).toMatchObject({
    id: collection.id,
    contacts: 33,
    invitations: 33,
    responsesKept: 31,
    responsesDeleted: 1,
  })

  const traces = invitations.flatMap(({ invitation, service, token }) => [
    invitation.id,
    invitation.tokenHash,
    token,
    service.id,
    service.locationId,
    service.name,
    service.providerKey,
    service.providerName,
    service.postcode,
    service.telephone,
    service.contactEmail,
    service.contactName,
  ])
  traces.push(...answered.flatMap(({ reference, resumeTokenHash }) => [reference, resumeTokenHash]), '2026-06-02T10:')
  const stored = everythingStored(app.db)
  // A service named like its postcode area would be a false alarm: every trace here is long and odd enough to be its own.
  expect(traces.filter((trace) => trace !== null && stored.includes(trace))).toEqual([])

  app.db.$client.pragma('wal_checkpoint(TRUNCATE)')
  const bytes = await Promise.all(
    ['footbridge.sqlite', 'footbridge.sqlite-wal'].map((name) =>
      readFile(join(dataDir, name)).catch(() => Buffer.alloc(0)),
    ),
  )
  expect(traces.filter((trace) => trace !== null && bytes.some((file) => file.includes(trace)))).toEqual([])
  expect(await readdir(join(dataDir, 'outbox'))).toEqual([])
  expect(await readdir(join(dataDir, 'uploads'))).toEqual([])
})

test('the answers themselves stay, without the type of a service that is one of few', async () => {
  await collected()
  app.time.now = new Date('2027-06-27T00:00:00Z')
  await endRetention(app.context, 'command line')
  const kept = storedResponses(app.db)
  expect(kept).toHaveLength(31)
  // One domiciliary care service, and the next smallest type with it: neither is told apart. 20 care homes are many enough.
  const merged = kept.filter(({ stratum }) => stratum?.['service_type'] === 'not_stated')
  expect(merged).toHaveLength(11)
  expect(merged[0]).toMatchObject({
    status: 'complete',
    stratum: { system: 'trafford', setting: 'not_stated' },
    data: { summary_received: 'under_quarter' },
  })
  expect(merged[0]!.data).not.toHaveProperty('service_type')
  expect(kept.filter(({ data }) => data['service_type'] === 'residential_care_home')).toHaveLength(20)
})

test('what was done stays in the audit log, without to whom, and the end of retention is in it', async () => {
  const { collection } = await collected()
  app.time.now = new Date('2027-06-27T00:00:00Z')
  await endRetention(app.context, 'command line')
  const log = storedAuditLog(app.db).map(({ action, subject, detail }) => [action, subject, detail])
  expect(log).toEqual(
    expect.arrayContaining([
      ['invitation.contacted', collection.id, null],
      ['responses.import', collection.id, null],
    ]),
  )
  expect(log.at(-1)).toMatchObject(['collection.sever', collection.id, expect.objectContaining({ invitations: 33 })])
})

test('links are dead and progress is empty afterwards', async () => {
  const { collection } = await collected()
  app.time.now = new Date('2027-06-27T00:00:00Z')
  await endRetention(app.context, 'command line')
  const severed = requireCollection(app.db, collection.id)
  expect(severed.severedAt).toBe('2027-06-27T00:00:00.000Z')
  const { cells } = await getProgress(app.db, severed, { role: 'admin', systemIds: null }, app.time.now)
  expect(cells[0]).toMatchObject({ services: 0, invited: 0 })
  expect(storedInvitations(app.db)).toEqual([])
})

test('before the day nothing is deleted, and afterwards only once', async () => {
  const { collection } = openPersonalCollection(app)
  closeCollection(app.db, collection.id, who())
  app.time.now = new Date('2027-06-26T22:59:58Z')
  expect(await endRetention(app.context, 'command line')).toEqual([])
  expect(() => severCollection(app.db, collection.id, who())).toThrow(/until Saturday 26 June 2027/)
  app.time.now = new Date('2027-06-26T22:59:59Z')
  expect(await endRetention(app.context, 'command line')).toHaveLength(1)
  expect(await endRetention(app.context, 'command line')).toEqual([])
  expect(() => severCollection(app.db, collection.id, who())).toThrow(/already/)
})

test('a cascade loses its links and the personal links of its responses; other collections are untouched', async () => {
  const other = openPersonalCollection(app, { retainUntil: '2030-01-01' })
  const { collection, links } = openCascadeCollection(app)
  storeResponse(app.db, {
    collectionId: collection.id,
    versionId: collection.versionId,
    systemId: links[0]!.system.id,
    cascadeLinkId: links[0]!.link.id,
    resumeTokenHash: 'secret-resume-hash',
    data: { grade: 'other' },
  })
  app.time.now = new Date('2027-06-27T00:00:00Z')
  expect(await endRetention(app.context, 'command line')).toMatchObject([
    { id: collection.id, links: 1, responsesKept: 1 },
  ])
  expect(storedCascadeLinks(app.db)).toEqual([])
  expect(storedResponses(app.db)).toMatchObject([
    { cascadeLinkId: null, resumeTokenHash: null, data: { grade: 'other' } },
  ])
  expect(storedInvitations(app.db)).toHaveLength(other.invitations.length)
})

test('whoever asked for a link to finish later and never submitted is forgotten, answers and address', async () => {
  const { collection, links } = openCascadeCollection(app)
  const begun = await fillPage(app, `/c/${links[0]!.token}/pages/about_you`, { grade: 'senior_executive' })
  const own = /^\/r\/[^/]+/.exec(locationOf(begun))![0]
  expect((await fillPage(app, `${own}/later`, { email: 'later@example.org' })).status).toBe(200)
  await sendDueMessages({ ...app.context, mailer: createMailer({ smtpUrl: undefined, dataDir }) })
  expect(await readdir(join(dataDir, 'outbox'))).toHaveLength(1)
  expect(dump(app)).toContain('later@example.org')
  app.time.now = new Date('2027-06-27T00:00:00Z')
  expect(await endRetention(app.context, 'command line')).toMatchObject([
    { id: collection.id, links: 1, responsesKept: 0, responsesDeleted: 1 },
  ])
  expect(dump(app)).not.toContain('later@example.org')
  expect(storedResponses(app.db)).toEqual([])
  expect(await readdir(join(dataDir, 'outbox'))).toEqual([])
  expect((await app.request.get(own)).status).toBe(404)
})

test('what respondents truly sent, and released results, leave no trace either', async () => {
  onDisk()
  const own = { ...app, request: supertest.agent(createApp(app.context)) }
  const { collection, invitations } = openPersonalCollection(app, {
    services: categories.map((category, index) => ({
      category,
      name: `The Elms number ${index}`,
      providerName: `Owner ${index} plc`,
    })),
  })
  const references: string[] = []
  const times: string[] = []
  for (const { token, service } of invitations) {
    app.time.now = new Date(app.time.now.getTime() + 61_234)
    const { reference } = await submitResponse(own, {
      token,
      answers: { service_type: service.category, summary_received: 'under_quarter', information_sufficient: 'rarely' },
    })
    references.push(reference)
    times.push(app.time.now.toISOString())
  }
  const order = () => responseIdsAsTheyLie(app.db)
  const came = order()
  app.time.now = new Date('2026-06-27T09:00:00Z')
  releaseResults(app, collection.id)
  app.time.now = new Date('2027-06-27T00:00:00Z')
  await endRetention(app.context, 'command line')
  const stored = everythingStored(app.db)
  const traces = invitations.flatMap(({ invitation, service }) => [
    invitation.id,
    service.id,
    service.locationId,
    service.name,
    service.providerKey,
    service.contactEmail!,
  ])
  expect([...traces, ...references, ...times].filter((trace) => stored.includes(trace))).toEqual([])
  // Neither the old identifiers, which begin with a time, nor the order in which they came.
  expect(came.filter((id) => stored.includes(id))).toEqual([])
  expect(order()).toEqual(order().sort())
  expect(storedSnapshots(app.db)).toHaveLength(1)
})
