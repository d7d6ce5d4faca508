import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireCollection } from '../../server/collections/queries/collections.ts'
import { closeCollection } from '../../server/collections/queries/stages.ts'
import { openCollection } from '../../server/fielding/queries/open.ts'
import { setInvitationOutcome } from '../../server/invitations/queries/invitations.ts'
import type { AppError } from '../../server/errors.ts'
import { importResponses } from '../../server/responses/import/import-responses.ts'
import { listTextAnswers } from '../../server/responses/queries/responses.ts'
import { testApp, type TestApp } from '../app.ts'
import {
  createCollection,
  createFrame,
  createSystem,
  openCascadeCollection,
  openPersonalCollection,
  releaseResults,
  submitResponse,
} from '../factories.ts'
import { dump, fillPage } from './form.ts'
import { storedResponses, storedTexts } from '../stored/responses.ts'
import { auditEntriesOf } from '../stored/accounts.ts'
import { storedInvitations } from '../stored/invitations.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'footbridge-import-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function csv(text: string | Buffer): string {
  const file = join(folder, 'returns.csv')
  writeFileSync(file, text)
  return file
}

const send = (app: TestApp, id: string, text: string | Buffer) =>
  importResponses(app.context, requireCollection(app.db, id), csv(text), 'admin@example.org')
/** What a refused import says; fails where it is not refused, or changes anything. */
async function refusal(app: TestApp, id: string, text: string | Buffer): Promise<AppError> {
  const before = dump(app)
  const error = await send(app, id, text).then(
    () => undefined,
    (reason: unknown) => reason as AppError,
  )
  expect(error).toMatchObject({ name: 'AppError' })
  expect(dump(app)).toBe(before)
  return error!
}

const row = (number: number, rest: string) => `trafford,1-${100_000_000 + number},${rest}`
const header = 'system,location_id,service_type,summary_received'

describe('importing returns', () => {
  it('stores coded answers of every kind as complete responses, and says who did it', async () => {
    const app = testApp()
    const { collection } = openPersonalCollection(app)
    const text = [
      'system,location_id,service_type,hospital_kinds,summary_route.paper,summary_route.post,before_discharge.told_date,works_well',
      row(1, 'nursing_home,general;community,1,0,never,"Good, honest people"'),
      row(2, ',,,,,Nothing'),
    ].join('\n')
    expect(await send(app, collection.id, text)).toEqual({ imported: 2, replacedPartial: 0 })
    const stored = storedResponses(app.db).find((response) => response.categoryDiffers)!
    expect(stored).toMatchObject({
      status: 'complete',
      source: 'import',
      stratum: {
        service_type: 'residential_care_home',
        setting: 'care_home',
        system: 'trafford',
        region: 'north_west',
      },
    })
    expect(stored.data).toEqual({
      service_type: 'nursing_home',
      hospital_kinds: ['general', 'community'],
      summary_route: ['paper'],
      before_discharge: { told_date: 'never' },
    })
    expect(listTextAnswers(app.db, stored.id)).toMatchObject([{ question: 'works_well', text: 'Good, honest people' }])
    expect(auditEntriesOf(app.db, 'responses.import')).toMatchObject([
      {
        actor: 'admin@example.org',
        subject: collection.id,
        detail: { imported: 2, replacedPartial: 0, file: 'returns.csv' },
      },
    ])
  })

  it.each([
    ['semicolons and a byte order mark', '\ufeffsystem;location_id;works_well\r\ntrafford;1-100000001;Café\r\n'],
    [
      'tabs and UTF-16',
      Buffer.from('\ufeffsystem\tlocation_id\tworks_well\r\ntrafford\t1-100000001\tCafé\r\n', 'utf16le'),
    ],
    [
      'commas and Windows-1252',
      Buffer.from('system,location_id,works_well\r\ntrafford,1-100000001,Café\r\n', 'latin1'),
    ],
  ])('reads %s', async (_, text) => {
    const app = testApp()
    const { collection } = openPersonalCollection(app)
    await send(app, collection.id, text)
    expect(storedTexts(app.db)).toEqual(['Café'])
  })

  it('stores nothing of a thousand rows of which one is wrong, and names the row, the column and the reason', async () => {
    const app = testApp()
    const { collection } = openPersonalCollection(app, { services: 1000 })
    const rows = Array.from({ length: 1000 }, (_, index) =>
      row(index + 1, `nursing_home,${index === 619 ? 'sometimes' : 'under_quarter'}`),
    )
    const error = await refusal(app, collection.id, [header, ...rows].join('\n'))
    expect(error.message).toBe('Nothing was imported: 1 problem in 1 row.')
    expect(error.details).toEqual([
      { row: 621, column: 'summary_received', reason: 'Select one of the answers offered (it is “sometimes”)' },
    ])
  })

  it('collects everything that is wrong, row by row', async () => {
    const app = testApp()
    createSystem(app, { code: 'stockport', name: 'Stockport' })
    const { collection, invitations } = openPersonalCollection(app, { services: 9, systems: ['trafford', 'stockport'] })
    await submitResponse(app, { token: invitations[2]!.token, answers: { service_type: 'other' } })
    setInvitationOutcome(app.db, invitations[3]!.invitation.id, 'not_eligible', app.time.now)
    const systemOf = (index: number) =>
      collection.systems.find((system) => system.id === invitations[index]!.service.systemId)!.code
    const other = systemOf(0) === 'trafford' ? 'stockport' : 'trafford'
    const text = [
      'system,location_id,older_people_discharged,summary_received,hospital_names',
      `${other},1-100000001,yes,,`,
      'nowhere,1-100000002,yes,,',
      `${systemOf(2)},1-100000003,yes,,`,
      `${systemOf(3)},1-100000004,yes,,`,
      `${systemOf(4)},1-999999999,yes,,`,
      `${systemOf(4)},,yes,,`,
      `${systemOf(4)},1-100000005,yes,,`,
      `${systemOf(4)},1-100000005,yes,,`,
      `${systemOf(5)},1-100000006,no,under_quarter,`,
      `${systemOf(6)},1-100000007,,,`,
      `${systemOf(7)},1-100000008,yes,,${'x'.repeat(201)}`,
      `${systemOf(8)},1-100000009,yes,,,stray`,
    ].join('\n')
    const error = await refusal(app, collection.id, text)
    expect(error.details).toMatchObject([
      { row: 2, column: 'system', reason: `“1-100000001” belongs to the system “${systemOf(0)}”, not “${other}”` },
      { row: 3, column: 'system', reason: 'the collection does not cover a system “nowhere”' },
      { row: 4, column: 'location_id', reason: '“1-100000003” has already answered' },
      { row: 5, column: 'location_id', reason: '“1-100000004” is recorded as not eligible' },
      { row: 6, column: 'location_id', reason: '“1-999999999” is not in the frame of this collection' },
      { row: 7, column: 'location_id', reason: 'it is blank' },
      { row: 9, column: 'location_id', reason: '“1-100000005” is in row 8 already' },
      { row: 10, column: 'summary_received' },
      { row: 11, column: '(all variables)', reason: 'Answer at least one question' },
      { row: 12, column: 'hospital_names' },
      { row: 13, column: 'column 6', reason: 'there is a value in a column without a name' },
    ])
  })

  it.each([
    ['system,service_type', [{ row: 1, column: 'location_id', reason: 'the column is missing' }]],
    [
      'system,location_id,sumary',
      [{ row: 1, column: 'sumary', reason: 'there is no such variable in this questionnaire' }],
    ],
    [
      'system,location_id,service_type,service_type',
      [{ row: 1, column: 'service_type', reason: 'the column is there twice' }],
    ],
    [
      'a,b',
      [
        { row: 1, column: 'system' },
        { row: 1, column: 'location_id' },
        { row: 1, column: 'a' },
        { row: 1, column: 'b' },
      ],
    ],
  ])('refuses the header %s', async (columns, problems) => {
    const app = testApp()
    const { collection } = openPersonalCollection(app)
    expect((await refusal(app, collection.id, `${columns}\ntrafford,1-100000001\n`)).details).toMatchObject(problems)
  })

  it('refuses files that are empty, cut short or no csv', async () => {
    const app = testApp()
    const { collection } = openPersonalCollection(app)
    expect((await refusal(app, collection.id, '')).code).toBe('empty_file')
    expect((await refusal(app, collection.id, `${header}\n\n`)).code).toBe('empty_file')
    expect((await refusal(app, collection.id, `${header}\ntrafford,"1-100000001`)).status).toBe(400)
    expect((await refusal(app, collection.id, `${header}\ntrafford,1-1000`)).details).toContainEqual({
      row: 2,
      column: 'service_type',
      reason: 'the file ends inside this row',
    })
    expect((await refusal(app, collection.id, Buffer.from([0, 1, 2, 0, 255]))).status).toBe(400)
    await expect(
      importResponses(app.context, requireCollection(app.db, collection.id), join(folder, 'nowhere.csv'), 'x'),
    ).rejects.toMatchObject({ code: 'no_such_file' })
  })

  it('takes paper for answers that were begun online, and the service may have declined or had no invitation', async () => {
    const app = testApp()
    const { collection, invitations } = openPersonalCollection(app, { services: [{}, {}, { contactEmail: null }] })
    await fillPage(app, `/r/${invitations[0]!.token}/pages/your_service`, { service_type: 'other' })
    setInvitationOutcome(app.db, invitations[1]!.invitation.id, 'declined', app.time.now)
    const text = [
      header,
      row(1, 'nursing_home,under_quarter'),
      row(2, 'nursing_home,under_quarter'),
      row(3, 'nursing_home,under_quarter'),
    ].join('\n')
    expect(await send(app, collection.id, text)).toEqual({ imported: 3, replacedPartial: 1 })
    expect(storedResponses(app.db).map(({ status, source, data }) => [status, source, data['service_type']])).toEqual(
      Array(3).fill(['complete', 'import', 'nursing_home']),
    )
    expect(storedInvitations(app.db).map(({ outcome }) => outcome)).toEqual([null, null, null])
    expect((await app.request.get(`/r/${invitations[0]!.token}`)).text).toContain('Answers submitted')
  })

  it('goes into a closed collection, not into a draft or a released one', async () => {
    const app = testApp()
    const draft = createCollection(app, { name: 'Draft' })
    expect((await refusal(app, draft.id, header)).code).toBe('not_importable')
    const { collection } = openPersonalCollection(app)
    closeCollection(app.db, collection.id, { actor: 'admin@example.org', now: app.time.now })
    expect(await send(app, collection.id, `${header}\n${row(1, 'nursing_home,under_quarter')}\n`)).toMatchObject({
      imported: 1,
    })
    const { collection: released } = openPersonalCollection(app, { name: 'Released' })
    releaseResults(app, released.id)
    expect((await refusal(app, released.id, header)).code).toBe('not_importable')
  })

  it('takes returns of a cascade by system, with numbers and matrix rows', async () => {
    const app = testApp()
    const { collection } = openCascadeCollection(app)
    const text =
      'system,grade,sector,sectors,open_honest,partners.acute_hospital\ntrafford,other,vcse,vcse;other,4,5\ntrafford,other,vcse,,5,dont_know\n'
    expect(await send(app, collection.id, text)).toEqual({ imported: 2, replacedPartial: 0 })
    expect(storedResponses(app.db).find(({ data }) => data['open_honest'] === 4)).toMatchObject({
      invitationId: null,
      data: { sectors: ['vcse', 'other'], partners: { acute_hospital: 5 } },
      stratum: { sector: 'vcse', grade: 'other' },
    })
    expect((await refusal(app, collection.id, 'system,location_id,grade\ntrafford,1-1,other\n')).details).toMatchObject(
      [{ row: 1, column: 'location_id' }],
    )
    expect((await refusal(app, collection.id, 'system,open_honest\ntrafford,6\n')).details).toMatchObject([
      { row: 2, column: 'open_honest' },
    ])
  })

  it('imports ten thousand rows at once', async () => {
    const app = testApp()
    const collection = createCollection(app)
    createFrame(app, collection.id, 10_000)
    openCollection(app.db, collection.id, { actor: 'a', now: app.time.now, tokenKey: app.context.tokenKey })
    const rows = Array.from({ length: 10_000 }, (_, index) => row(index + 1, 'nursing_home,under_quarter'))
    expect(await send(app, collection.id, [header, ...rows].join('\n'))).toMatchObject({ imported: 10_000 })
  })
})

describe('responses import on the command line', () => {
  const cli = (dataDir: string, ...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const env = { DATA_DIR: dataDir, LOG_LEVEL: 'silent', PATH: '/usr/bin:/bin' }
      execFile('node_modules/.bin/node', ['server/cli.ts', ...args], { env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      )
    })

  it('says what was imported, and what is wrong line by line', async () => {
    const app = testApp()
    const { collection } = openPersonalCollection(app)
    const dataDir = join(folder, 'data')
    rmSync(dataDir, { recursive: true, force: true })
    mkdirSync(dataDir)
    await app.db.$client.backup(join(dataDir, 'footbridge.sqlite'))

    const wrong = await cli(
      dataDir,
      'responses',
      'import',
      'Review',
      csv(`${header}\n${row(1, 'castle,under_quarter')}\n`),
    )
    expect(wrong).toMatchObject({ code: 1, stdout: '' })
    expect(wrong.stderr).toContain('Nothing was imported: 1 problem in 1 row.')
    expect(wrong.stderr).toContain('row 2, service_type: Select one of the answers offered (it is “castle”)')
    expect(wrong.stderr).not.toContain('    at ')

    const right = await cli(
      dataDir,
      'responses',
      'import',
      collection.id,
      csv(`${header}\n${row(1, 'nursing_home,under_quarter')}\n`),
      '--json',
    )
    expect(right.code, right.stderr).toBe(0)
    expect(JSON.parse(right.stdout)).toEqual({
      collection: { id: collection.id, name: 'Review' },
      imported: 1,
      replacedPartial: 0,
    })
    expect(await cli(dataDir, 'responses', 'import', '--help')).toMatchObject({ code: 0 })
  })
})
