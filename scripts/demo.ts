import '../server/check-runtime.ts'
import { readdirSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { makeAnswerer } from './demo/answers.ts'
import { checkExtremes, checkFigures } from './demo/figures.ts'
import { informationFlowProfiles } from './demo/information-flow.ts'
import { seededRandom, shuffle } from './demo/random.ts'
import { makeRegister } from './demo/register.ts'
import { relationalAuditRespondents } from './demo/relational-audit.ts'
import { answer, answerShared, begin, readInvitations } from './demo/respondents.ts'
import { inParallel, startService, type Service } from './demo/service.ts'
import { demoSystemCodes, systemsCsv } from './demo/systems.ts'
import { readQuestionSet } from '../server/question-sets/import/read-question-set.ts'

const notice = 'Synthetic data: made up for demonstration. No figure or answer is about a real service or person.'
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const say = (text: string) => console.log(text)

/** `--no-serve` ends after the figures; otherwise the worked example stays open in the browser. */
async function demo(): Promise<void> {
  const started = Date.now()
  const dataDir = resolve('data/demo')
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true })
  const service = await startService(dataDir)
  try {
    writeFileSync(join(dataDir, 'systems.csv'), systemsCsv())
    say(await service.cli('systems', 'import', join(dataDir, 'systems.csv')))
    const flow = await informationFlow(service)
    const audit = await relationalAudit(service)
    say(`\nDone in ${Math.round((Date.now() - started) / 1000)} s.`)
    await checkFigures(service, flow)
    await checkExtremes(service, audit)
    if (process.argv.includes('--no-serve')) return
    say(
      `\n${notice}\nOpen as an admin: ${await service.cli('sign-in-link', 'admin@demo.example', '--role', 'admin')}\nPress Ctrl+C to stop.`,
    )
    await new Promise((done) => service.server.once('exit', done))
  } finally {
    service.server.kill()
  }
}

async function create({ cli }: Service, name: string, questionSet: string, mode: string): Promise<string> {
  const dates = ['--opens', day(0), '--closes', day(21)]
  const made = JSON.parse(
    await cli(
      'collection',
      'create',
      '--name',
      name,
      '--question-set',
      questionSet,
      '--mode',
      mode,
      '--systems',
      demoSystemCodes.join(','),
      ...dates,
      '--notice',
      notice,
      '--json',
    ),
  ) as { id: string }
  return made.id
}

async function closeAndRelease({ cli }: Service, collection: string): Promise<void> {
  await cli('collection', 'close', collection)
  const snapshot = JSON.parse(await cli('snapshot', 'take', collection, '--json')) as {
    id: string
    responses: number
    sha256: string
  }
  await cli('snapshot', 'release', collection, snapshot.id)
  say(`  snapshot of ${snapshot.responses} responses released, sha256 ${snapshot.sha256.slice(0, 12)}…`)
}

async function informationFlow(service: Service): Promise<string> {
  say('\nDischarge information flow')
  const random = seededRandom(20260401)
  const { services, registerCsv, contactsCsv } = makeRegister(random)
  const [register, contacts] = [join(service.dataDir, 'register.csv'), join(service.dataDir, 'contacts.csv')]
  writeFileSync(register, registerCsv)
  writeFileSync(contacts, contactsCsv)
  const collection = await create(
    service,
    'Discharge information flow (synthetic)',
    'discharge-information-flow',
    'personal',
  )
  await service.cli('collection', 'frame', collection, register, '--contacts', contacts)
  await service.cli('collection', 'open', collection)
  await service.cli('invitations', 'send', collection)
  await waitForMail(service, services.length)

  const links = await readInvitations(service.dataDir)
  const linkOf = (locationId: string) =>
    links.get(
      `manager${Number(locationId.slice(2)) - 900_000_000}@service${Number(locationId.slice(2)) - 900_000_000}.example`,
    ) ?? ''
  const makeAnswers = makeAnswerer(readQuestionSet('surveys/discharge-information-flow').questions, random)
  const respondents = informationFlowProfiles(services, random)
  await inParallel('answered', respondents, ({ service: { locationId }, profile }) =>
    answer(linkOf(locationId), makeAnswers(profile)),
  )

  const answered = new Set(respondents.map(({ service: { locationId } }) => locationId))
  const others = shuffle(random, services).filter(({ locationId }) => !answered.has(locationId))
  await inParallel('began and left', others.slice(0, 51), async ({ locationId, category }) => {
    const lead = others.findIndex((other) => other.locationId === locationId) < 31
    await begin(linkOf(locationId), {
      service_type: category,
      ...(lead ? { summary_received: 'quarter_to_half' } : {}),
    })
  })
  await closeAndRelease(service, collection)
  return collection
}

async function waitForMail({ dataDir }: Service, count: number): Promise<void> {
  const written = () => {
    try {
      return readdirSync(join(dataDir, 'outbox')).filter((name) => name.endsWith('.eml')).length
    } catch {
      return 0
    }
  }
  for (let attempt = 0; written() < count; attempt++) {
    if (attempt > 600) throw new Error(`Only ${written()} of ${count} invitations were written.`)
    process.stdout.write(`\r  invitations written: ${written()} of ${count}`)
    await wait(200)
  }
  process.stdout.write(`\r  invitations written: ${count} of ${count}\n`)
}

async function relationalAudit(service: Service): Promise<string> {
  say('\nRelational audit')
  const random = seededRandom(20260402)
  const collection = await create(service, 'Relational audit (synthetic)', 'relational-audit', 'cascade')
  await service.cli('collection', 'open', collection)
  const { links } = JSON.parse(await service.cli('links', collection, '--json')) as {
    links: { system: { code: string }; url: string }[]
  }
  const linkOf = new Map(links.map(({ system, url }) => [system.code, url]))
  const makeAnswers = makeAnswerer(readQuestionSet('surveys/relational-audit').questions, random)
  await inParallel('answered', relationalAuditRespondents(random), ({ system, profile }) =>
    answerShared(linkOf.get(system) ?? '', makeAnswers(profile)),
  )
  await closeAndRelease(service, collection)
  return collection
}

demo().catch((error: unknown) => {
  const cause = error instanceof Error ? error.cause : undefined
  console.error(error instanceof Error ? error.message : error, cause ?? '')
  process.exitCode = 1
})
