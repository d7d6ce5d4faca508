// How long it takes to take a snapshot of so many responses, and to answer from it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Collection } from '../../server/collections/queries/collections.ts'
import { closeCollection, createCollection } from '../../server/collections/queries/stages.ts'
import { newId } from '../../server/db/ids.ts'
import { migrateDatabase, openDatabase, type OpenDatabase } from '../../server/db/open.ts'
import { loadShippedQuestionSets } from '../../server/question-sets/import.ts'
import { getPublishedVersion } from '../../server/question-sets/queries.ts'
import { getResults } from '../../server/results/queries/published.ts'
import { stratumOf } from '../../server/results/rules/strata.ts'
import { takeSnapshotInBackground } from '../../server/results/worker.ts'
import { saveSystem } from '../../server/systems/queries.ts'
import type { Answers, Question } from '../../surveys/question-set.ts'

export interface SnapshotMeasure {
  responses: number
  /** Off the request thread, storing included. */
  takeMs: number
  /** Works out all that is published of it: after a start and at a release, so that only a release beside the server leaves it to a request. */
  prepareMs: number
  answerP50Ms: number
  answerP95Ms: number
}

const systems = 20
const who = { actor: 'bench', now: new Date('2026-06-01T09:00:00Z') }

/** For 1,000, 10,000 and 100,000 responses of 20 systems, each in a database of its own that is deleted. */
export async function measureSnapshots(sizes: readonly number[] = [1000, 10_000, 100_000]): Promise<SnapshotMeasure[]> {
  const measures: SnapshotMeasure[] = []
  for (const responses of sizes) measures.push(await inScratchDatabase((db) => measure(db, responses)))
  return measures
}

async function inScratchDatabase<T>(run: (db: OpenDatabase) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-bench-'))
  const db = openDatabase(join(folder, 'footbridge.sqlite'))
  try {
    migrateDatabase(db)
    loadShippedQuestionSets(db, who.now)
    return await run(db)
  } finally {
    db.$client.close()
    rmSync(folder, { recursive: true })
  }
}

async function measure(db: OpenDatabase, responses: number): Promise<SnapshotMeasure> {
  const collection = makeCollection(db)
  fillCollection(db, collection, responses)
  db.$client.prepare("update collections set status = 'open'").run()
  closeCollection(db, collection.id, who)
  const [snapshot, takeMs] = await timed(() => takeSnapshotInBackground(db, collection.id, who))
  db.$client.prepare("update collections set status = 'released'").run()
  // Released past its own check, which would work out what the preparation is timed for.
  db.$client.prepare('update snapshots set released_at = ? where id = ?').run(who.now.toISOString(), snapshot.id)
  const answer = (asked: Parameters<typeof getResults>[2]) =>
    timed(() => Promise.resolve(JSON.stringify(getResults(db, collection.id, asked, null))))
  const [, prepareMs] = await answer({ breakdown: 'system' })
  const times: number[] = []
  for (let turn = 0; turn < 60; turn += 1)
    times.push((await answer([{}, { breakdown: 'system' }, { cross: true }][turn % 3]!))[1])
  times.sort((one, other) => one - other)
  return { responses, takeMs, prepareMs, answerP50Ms: times[30]!, answerP95Ms: times[57]! }
}

async function timed<T>(run: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now()
  const result = await run()
  return [result, performance.now() - start]
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
  const all = questions.pages.flatMap((page) => page.elements)
  const at = who.now.toISOString()
  const service = db.$client.prepare(
    'insert into frame_services (id, collection_id, system_id, location_id, name, provider_key, provider_name, category) values (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const invitation = db.$client.prepare(
    'insert into invitations (id, collection_id, frame_service_id, token_hash, created_at) values (?, ?, ?, ?, ?)',
  )
  const response = db.$client.prepare(
    `insert into responses (id, collection_id, version_id, system_id, source, invitation_id, stratum, provider_key, data, touched, status, created_at, saved_at, submitted_at)
     values (?, ?, ?, ?, 'web', ?, ?, ?, ?, '{}', 'complete', ?, ?, ?)`,
  )
  db.$client.transaction(() => {
    for (let place = 0; place < Math.round((count * 4) / 3); place += 1) {
      const system = collection.systems[place % systems]!
      const category = categories[((place * 7) % 11) % categories.length]!
      const [id, invitationId, provider] = [newId(), newId(), `provider ${place % Math.ceil(count / 2)}`]
      service.run(id, collection.id, system.id, `1-${place}`, `Service ${place}`, provider, provider, category)
      invitation.run(invitationId, collection.id, id, invitationId, at)
      if (place >= count) continue
      const answers = Object.fromEntries(
        all.map((question) => [question.name, answerTo(question, place)]).filter(([, answer]) => answer !== undefined),
      ) as Answers
      const stratum = stratumOf(plan, { system: system.code, region: system.region, category, answers })
      response.run(
        newId(),
        collection.id,
        collection.versionId,
        system.id,
        invitationId,
        JSON.stringify(stratum),
        provider,
        JSON.stringify(answers),
        at,
        at,
        at,
      )
    }
  })()
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
