// The main job on real input: 57 care homes of the regulator's directory, from the register to results, as an installation does it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { questionsSchema, type Questions } from '../../surveys/question-set.ts'
import { startInstallation, type Installation } from './installation.ts'
import { answerPages, chooseAnswers, heading, startAnswering, submit } from './questionnaire.ts'
import { browser } from './running-site.ts'
import { listComplete, withStored } from './stored-on-disk.ts'
import { openVisitor } from './visitor.ts'

const register = join(import.meta.dirname, '../fixtures/frame/cqc-directory-trafford-april-2020.csv')
const questionsFile = join(import.meta.dirname, '../../surveys/discharge-information-flow/questions.json')
const day = (daysFromNow: number) => new Date(Date.now() + daysFromNow * 86_400_000).toISOString().slice(0, 10)

let installation: Installation
beforeAll(async () => {
  installation = await startInstallation()
})
afterAll(async () => {
  await installation.stop()
})

interface Home {
  id: string
  name: string
}

function readHomes(): Home[] {
  const rows = parse(readFileSync(register), { relax_column_count: true })
  const header = rows.findIndex((row) => row.includes('CQC Location ID (for office use only)'))
  const column = (name: string) => rows[header]!.indexOf(name)
  return rows
    .slice(header + 1)
    .map((row) => ({ id: row[column('CQC Location ID (for office use only)')]!, name: row[column('Name')]! }))
}

function write(name: string, lines: string[]): string {
  const file = join(installation.folder, name)
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

/** The messages of the outbox folder, parsed as a mail program does. */
async function readOutbox() {
  const folder = join(installation.folder, 'outbox')
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml'))
  const mails = await Promise.all(files.map((name) => PostalMime.parse(readFileSync(join(folder, name)))))
  return mails.map(({ to, subject, text = '', html = '' }) => ({
    to: to?.[0]?.address ?? '',
    subject,
    text,
    html,
    link: /http\S+\/r\/\S+/.exec(text)?.[0] ?? '',
  }))
}

const countMails = () => {
  try {
    return readdirSync(join(installation.folder, 'outbox')).filter((name) => name.endsWith('.eml')).length
  } catch {
    return 0
  }
}

async function answerToTheReceipt(link: string, questions: Questions, javaScript: boolean): Promise<string> {
  const visitor = await openVisitor(browser, { javaScript })
  await startAnswering(visitor, link)
  await answerPages(
    visitor,
    questions,
    chooseAnswers(questions, { older_people_discharged: 'yes', trusted_assessor_used: 'yes' }),
  )
  const reference = await submit(visitor)
  await visitor.leave()
  return reference
}

interface Results {
  snapshot: { responses: number; k: number; released: boolean }
  indicators: { id: string; cells: Record<string, unknown>[] }[]
}

test('from the register to results that are hidden, and say so, because the base is too small', async () => {
  const { cli, address } = installation
  const homes = readHomes()
  expect(homes).toHaveLength(57)
  const systems = write('systems.csv', ['code,name,region,local_authorities', 'trafford,Trafford,North West,Trafford'])
  const contacts = write('contacts.csv', [
    'location_id,email,name',
    ...homes.map(({ id }, index) => `${id},manager${index + 1}@example.org,Manager ${index + 1}`),
  ])

  await cli('systems', 'import', systems)
  const report = (await cli('frame', 'read', register, '--contacts', contacts)) as {
    rowsRead: number
    outcomes: Record<string, number>
  }
  expect(report).toMatchObject({ rowsRead: 57, outcomes: { not_known: 57, wrong: 0 } })
  const create = [
    '--question-set',
    'discharge-information-flow',
    '--mode',
    'personal',
    '--systems',
    'trafford',
    '--opens',
    day(-2),
    '--closes',
    day(30),
  ]
  const { id } = (await cli('collection', 'create', '--name', 'Trafford 2020', ...create)) as { id: string }
  await expect(cli('collection', 'frame', id, register, '--contacts', contacts)).rejects.toThrow(/not known/i)
  expect(await cli('collection', 'frame', id, register, '--contacts', contacts, '--accept-unknown')).toMatchObject({
    services: 57,
    withContact: 57,
    registerDate: '2020-04-15',
  })
  expect(await cli('collection', 'open', id)).toMatchObject({ status: 'open', takesAnswers: true })
  await cli('invitations', 'send', id)

  await expect.poll(countMails).toBe(57)
  const mails = await readOutbox()
  expect(new Set(mails.map(({ link }) => link)).size).toBe(57)
  expect(mails.map(({ to }) => to).sort()).toEqual(homes.map((_, index) => `manager${index + 1}@example.org`).sort())
  for (const { to, text, html, link } of mails) {
    const home = homes[Number(/\d+/.exec(to)?.[0]) - 1]!
    expect(text).toContain(home.name)
    expect(link.startsWith(`${address}/r/`)).toBe(true)
    expect(html).toContain(link)
  }

  const questions = questionsSchema.parse(JSON.parse(readFileSync(questionsFile, 'utf8')))
  const references = [
    await answerToTheReceipt(mails[0]!.link, questions, true),
    await answerToTheReceipt(mails[1]!.link, questions, false),
  ]
  const complete = await withStored(installation.folder, listComplete)
  const stored = references.map((reference) => complete.find((row) => row.reference === reference)!)
  expect(stored[0]!.data).toEqual(stored[1]!.data)
  expect(stored[0]!.texts).toEqual(stored[1]!.texts)
  expect({ ...stored[0]!.data, ...stored[0]!.texts }).toEqual(
    chooseAnswers(questions, { older_people_discharged: 'yes', trusted_assessor_used: 'yes' }),
  )

  await cli('collection', 'close', id)
  const late = await openVisitor(browser)
  await late.page.goto(mails[2]!.link)
  await heading(late.page, 'This survey is closed').waitFor()
  await late.leave()
  expect(await cli('snapshot', 'take', id)).toMatchObject({ responses: 2, k: 10 })
  await expect(cli('results', id)).rejects.toThrow(/not been released/)
  await cli('snapshot', 'verify', id)
  await cli('snapshot', 'release', id)
  const results = (await cli('results', id)) as Results
  expect(results.snapshot).toMatchObject({ responses: 2, k: 10, released: true })
  expect(results.indicators.map((indicator) => indicator.id)).toContain('summary_under_quarter')
  for (const { cells } of results.indicators) {
    expect(cells.length).toBeGreaterThan(0)
    for (const cell of cells) expect(Object.keys(cell).sort()).toEqual(['cell', 'label', 'suppressed'])
    expect(cells.every((cell) => cell['suppressed'] === true)).toBe(true)
  }
})
