// How long it takes to take a snapshot of so many responses, and to answer from it: the first time in a fresh process, and later.
import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createSession, saveStaff } from '../../server/accounts/queries.ts'
import type { Collection } from '../../server/collections/queries/collections.ts'
import { closeCollection, createCollection } from '../../server/collections/queries/stages.ts'
import { newId } from '../../server/db/ids.ts'
import type { OpenDatabase } from '../../server/db/open.ts'
import { hashToken } from '../../server/links/tokens.ts'
import { getPublishedVersion } from '../../server/question-sets/queries/versions.ts'
import { stratumOf } from '../../surveys/counting/strata.ts'
import { takeSnapshotInBackground } from '../../server/results/worker.ts'
import { saveSystem } from '../../server/systems/queries.ts'
import { questionsOf } from '../../surveys/notes.ts'
import type { Answers, Question } from '../../surveys/question-set.ts'
import { figuresOf } from './figures.ts'
import { openScratchContext } from './scratch-collection.ts'
import { makeScratchFolder } from './scratch-server.ts'
import { freePort, startServer } from './server-process.ts'
import { changeCollections } from '../stored/collections.ts'
import { storeInvitations, storeResponses, storeServices } from '../stored/in-bulk.ts'

export interface SnapshotMeasure {
  responses: number
  /** Off the request thread, storing included. */
  takeMs: number
  /** Of the first answers of servers just started, signed in and by HTTP: nothing is worked out yet. */
  firstP50Ms: number
  slowestFirstMs: number
  /** Of those after them. */
  answerP50Ms: number
  answerP95Ms: number
}

/** Servers started for each size. */
export const starts = 7
const laterAnswers = 60
const systems = 20
const who = { actor: 'bench', now: new Date('2026-06-01T09:00:00Z') }
const asked = ['?breakdown=system', '?cross=true', ''] as const

/** For 1,000, 10,000 and 100,000 responses of 20 systems, each in a folder of its own that is deleted. */
export async function measureSnapshots(sizes: readonly number[] = [1000, 10_000, 100_000]): Promise<SnapshotMeasure[]> {
  const measures: SnapshotMeasure[] = []
  for (const responses of sizes) measures.push(await measure(responses))
  return measures
}

async function measure(responses: number): Promise<SnapshotMeasure> {
  const folder = await makeScratchFolder()
  const { db } = openScratchContext(folder)
  const collection = makeCollection(db)
  fillCollection(db, collection, responses)
  changeCollections(db, { status: 'open' })
  closeCollection(db, collection.id, who)
  const begun = performance.now()
  await takeSnapshotInBackground(db, collection.id, who)
  const takeMs = performance.now() - begun
  const path = `/api/collections/${collection.id}/results`
  const cookie = `session=${signIn(db)}`
  const [first, later]: [number[], number[]] = [[], []]
  for (let start = 0; start < starts; start += 1) {
    // As `npm start` does.
    const server = await startServer(folder, await freePort(), ['--max-semi-space-size=8'])
    // The first server is running when a snapshot is taken and released beside it; the others find it released.
    if (start === 0) for (const action of ['take', 'release']) runSnapshotCommand(folder, action, collection.id)
    first.push(await answerMs(`${server.url}${path}${asked[0]}`, cookie))
    for (let turn = 1; start === 0 && turn <= laterAnswers; turn += 1)
      later.push(await answerMs(`${server.url}${path}${asked[turn % asked.length]!}`, cookie))
    await server.stop()
  }
  db.$client.close()
  await rm(folder, { recursive: true })
  const { p50, p95 } = figuresOf(later, 0)
  return {
    responses,
    takeMs,
    firstP50Ms: figuresOf(first, 0).p50,
    slowestFirstMs: Math.max(...first),
    answerP50Ms: p50,
    answerP95Ms: p95,
  }
}

/** In a process of its own. */
function runSnapshotCommand(folder: string, action: string, collectionId: string): void {
  const args = ['server/cli.ts', 'snapshot', action, collectionId]
  execFileSync(process.execPath, args, { cwd: join(import.meta.dirname, '../..'), env: { DATA_DIR: folder } })
}

/** A session's token. */
function signIn(db: OpenDatabase): string {
  const [token, now] = [newId(), new Date()]
  const { id: staffId } = saveStaff(db, { email: 'bench@example.org', role: 'analyst', now })
  createSession(db, { staffId, tokenHash: hashToken(token), now, expiresAt: new Date(now.getTime() + 86_400_000) })
  return token
}

async function answerMs(url: string, cookie: string): Promise<number> {
  const begun = performance.now()
  const response = await fetch(url, { headers: { cookie } })
  const body = await response.text()
  const elapsed = performance.now() - begun
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${body.slice(0, 500)}`)
  return elapsed
}

function makeCollection(db: OpenDatabase): Collection {
  const codes = Array.from({ length: systems }, (_, place) => `system_${place + 1}`)
  codes.forEach((code, place) =>
    saveSystem(
      db,
      { code, name: `System ${place + 1}`, region: `Region ${(place % 7) + 1}`, authorities: [code] },
      who.now,
    ),
  )
  return createCollection(
    db,
    {
      name: 'Bench',
      questionSet: 'discharge-information-flow',
      mode: 'personal',
      systems: codes,
      opens: '2026-05-01',
      closes: '2026-05-31',
      k: 10,
    },
    who,
  )
}

const categories = [
  'residential_care_home',
  'nursing_home',
  'domiciliary_care',
  'extra_care_housing',
  'supported_living',
  'shared_lives',
]

/** Frame, invitations and complete responses; a service in four has not answered. */
function fillCollection(db: OpenDatabase, collection: Collection, count: number): void {
  const { questions, plan } = getPublishedVersion(db, 'discharge-information-flow')!
  const all = questions.pages.flatMap(questionsOf)
  const at = who.now.toISOString()
  const collectionId = collection.id
  const services = Array.from({ length: Math.round((count * 4) / 3) }, (_, place) => {
    const provider = `provider ${place % Math.ceil(count / 2)}`
    return {
      id: newId(),
      collectionId,
      systemId: collection.systems[place % systems]!.id,
      locationId: `1-${place}`,
      name: `Service ${place}`,
      providerKey: provider,
      providerName: provider,
      category: categories[((place * 7) % 11) % categories.length]!,
    }
  })
  const invitations = services.map((service) => {
    const id = newId()
    return { id, collectionId, frameServiceId: service.id, tokenHash: id, createdAt: at }
  })
  const responses = services.slice(0, count).map(({ systemId, providerKey, category }, place) => {
    const { code: system, region } = collection.systems[place % systems]!
    const answers = Object.fromEntries(
      all.map((question) => [question.name, answerTo(question, place)]).filter(([, answer]) => answer !== undefined),
    ) as Answers
    return {
      id: newId(),
      collectionId,
      versionId: collection.versionId,
      systemId,
      source: 'web' as const,
      invitationId: invitations[place]!.id,
      stratum: stratumOf(plan, { system, region, category, answers }),
      providerKey,
      data: answers,
      touched: {},
      status: 'complete' as const,
      createdAt: at,
      savedAt: at,
      submittedAt: at,
    }
  })
  db.transaction((tx) => {
    storeServices(tx, services)
    storeInvitations(tx, invitations)
    storeResponses(tx, responses)
  })
}

/** A different answer for a different respondent, always the same for the same. */
function answerTo(question: Question, respondent: number): unknown {
  const draw = (salt: number) =>
    Math.abs(Math.imul(respondent + 1, 2654435761) ^ Math.imul(salt + question.name.length, 40503)) >>> 3
  const pick = <T>(options: readonly T[], salt = 0): T => options[draw(salt) % options.length]!
  if (question.name === 'older_people_discharged') return draw(0) % 8 === 0 ? 'dont_know' : 'yes'
  if (question.type === 'matrix')
    return Object.fromEntries(question.rows.map((row, place) => [row.value, pick(question.columns, place + 1).value]))
  if (question.type === 'checkbox')
    return question.choices
      .filter((choice, place) => !choice.isExclusive && draw(place) % 2)
      .map((choice) => choice.value)
  if ('choices' in question) return pick(question.choices).value
  return question.type === 'comment' && draw(0) % 3 === 0
    ? 'They telephone us before the person leaves, and send the summary with them.'
    : undefined
}
