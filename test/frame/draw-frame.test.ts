import { describe, expect, test } from 'vitest'
import type { Contacts } from '../../server/frame/rules/contacts.ts'
import { readFrame } from '../../server/frame/import/read-frame.ts'
import type { RegisterRow } from '../../server/frame/rules/register-row.ts'
import { drawFrame } from '../../server/frame/rules/draw-frame.ts'
import type { DrawFrameInput } from '../../server/frame/rules/draw-frame.ts'
import { serviceCategories } from '../../server/frame/schema/categories.ts'
import { csvLines, monthlyLines, record, trafford, useFolder } from './register-files.ts'

const write = useFolder()
const system = { code: 'trafford', name: 'Trafford', region: 'North West', authorities: ['Trafford'] }

let rows = 1
const row = (over: Partial<RegisterRow> = {}): RegisterRow => ({
  row: (rows += 1),
  locationId: '1-101615477',
  name: 'Invented House',
  providerId: '1-201615477',
  providerName: 'Invented Provider Limited',
  authority: 'Trafford',
  region: 'North West',
  postcode: 'ZZ1 1ZZ',
  telephone: '',
  registeredManager: '',
  dormant: false,
  adultSocialCare: true,
  olderPeople: true,
  serviceTypes: ['nursing_home'],
  dualRegistered: false,
  primaryId: null,
  unreadable: [],
  broken: null,
  ...over,
})

const draw = (list: RegisterRow[], over: Partial<DrawFrameInput> = {}) =>
  drawFrame({ rows: list, systems: [system], contacts: null, acceptUnknown: false, ...over })
const kinds = ({ problems }: { problems: { kind: string; severity: string }[] }) =>
  problems.map(({ kind, severity }) => `${severity} ${kind}`)
const contacts = (...list: [string, string][]): Contacts => ({
  contacts: list.map(([locationId, email], index) => ({ row: index + 2, locationId, email, name: 'Ann' })),
  problems: [],
})

describe('the sampling frame', () => {
  test('holds an eligible service with all that later figures need', async () => {
    const { services, report } = await draw([row({ telephone: '01632960001' })])
    expect(services).toMatchObject([
      {
        locationId: '1-101615477',
        systemCode: 'trafford',
        category: 'nursing_home',
        providerKey: '1-201615477',
        telephone: '01632960001',
        contactEmail: null,
      },
    ])
    expect(report).toMatchObject({
      blocked: false,
      rowsRead: 1,
      outcomes: { drawn: 1 },
      byCategory: { nursing_home: 1 },
      withContact: null,
      problems: [],
    })
  })

  test.each(serviceCategories.map((category, index) => [category, serviceCategories.slice(index)] as const))(
    'counts a service once, as %s before %j',
    async (category, types) => {
      const { services } = await draw([row({ serviceTypes: types.toReversed() })])
      expect(services.map((service) => service.category)).toEqual([category])
    },
  )

  test.each([
    ['not_adult_social_care', { adultSocialCare: false }],
    ['dormant', { dormant: true }],
    ['not_older_people', { olderPeople: false }],
    ['no_service_type', { serviceTypes: [] }],
    ['dual_registration', { primaryId: '1-999999999' }],
    ['authority_not_covered', { authority: 'Kent' }],
    ['authority_not_recognised', { authority: 'Nowhere' }],
    ['authority_blank', { authority: '' }],
  ] as const)('leaves out a row: %s', async (code, over) => {
    const { services, report } = await draw([row({ ...over } as Partial<RegisterRow>)], {
      knownAuthorities: ['Kent', 'Trafford'],
    })
    expect(services).toEqual([])
    expect(report.rows[0]).toMatchObject({ outcome: 'left_out', reasons: [{ code }] })
    expect(report.leftOut).toEqual({ [code]: 1 })
    expect(kinds(report)).toContain('error nothing_drawn')
  })

  test('gives every reason for which a row is left out', async () => {
    const { report } = await draw([
      row(),
      row({ locationId: '1-101615478', dormant: true, olderPeople: false, adultSocialCare: null }),
    ])
    expect(report.rows[1]?.reasons.map(({ code }) => code)).toEqual(['dormant', 'not_older_people'])
  })

  test('keeps a primary location, and warns where the primary of a dual registration is not counted', async () => {
    const primary = row({ primaryId: '1-101615477', dualRegistered: true })
    const second = row({ locationId: '1-101615478', primaryId: '1-101615477' })
    const lost = row({ locationId: '1-101615479', primaryId: '1-101615470' })
    const { services, report } = await draw([primary, second, lost])
    expect(services.map(({ locationId }) => locationId)).toEqual(['1-101615477'])
    expect(report.problems).toMatchObject([
      { kind: 'dual_primary_not_counted', severity: 'warning', locationId: '1-101615479' },
    ])
  })

  test('finds the system of each of several authorities, however they are written', async () => {
    const systems = [
      { ...system, authorities: ['Bristol', 'South Gloucestershire'] },
      { ...system, code: 'bath', name: 'Bath', authorities: ['Bath & North East Somerset Council'] },
    ]
    const names = ['Bristol, City of', 'South Gloucestershire', 'Bath and North East Somerset']
    const list = names.map((authority, index) => row({ authority, locationId: `1-10161547${index}` }))
    const { services, report } = await draw(list, { systems })
    expect(services.map(({ systemCode }) => systemCode)).toEqual(['trafford', 'trafford', 'bath'])
    expect(report.systems).toMatchObject([
      { code: 'trafford', drawn: 2 },
      { code: 'bath', drawn: 1 },
    ])
    expect(report.problems).toEqual([])
  })

  test('draws what is not known only where it is accepted, and counts it', async () => {
    const list = [
      row({ dormant: null }),
      row({ locationId: '1-101615478', olderPeople: null, adultSocialCare: null }),
      row({ locationId: '1-101615479' }),
    ]
    const careful = await draw(list)
    expect(careful.services).toHaveLength(1)
    expect(careful.report).toMatchObject({
      outcomes: { not_known: 2, drawn: 1 },
      notKnown: { dormant: 1, adult_social_care: 1, older_people: 1 },
    })
    expect(careful.report.systems[0]).toMatchObject({ drawn: 1, notKnown: 2 })
    const accepted = await draw(list, { acceptUnknown: true })
    expect(accepted.services).toHaveLength(3)
    expect(accepted.report).toMatchObject({
      outcomes: { not_known: 0, drawn: 3 },
      notKnown: { dormant: 1, adult_social_care: 1, older_people: 1 },
    })
    expect(accepted.report.rows[0]?.reasons).toEqual([{ code: 'dormant_not_known' }])
  })

  test('names the provider by its ID, else by its name however it is written, else takes the service for its own', async () => {
    const list = [
      row(),
      row({ locationId: '1-101615478', providerId: '', providerName: 'A & B Care Limited' }),
      row({ locationId: '1-101615479', providerId: '', providerName: 'A and B care Ltd.' }),
      row({ locationId: '1-101615480', providerId: '', providerName: '' }),
    ]
    const { services, report } = await draw(list)
    expect(services.map(({ providerKey }) => providerKey)).toEqual([
      '1-201615477',
      'a and b care ltd',
      'a and b care ltd',
      'location 1-101615480',
    ])
    expect(kinds(report)).toEqual(['warning provider_missing'])
  })
})

describe('a wrong register', () => {
  test('that repeats a location in the same words counts it once', async () => {
    const { services, report } = await draw([row(), row()])
    expect(services).toHaveLength(1)
    expect(report.rows[1]).toMatchObject({ outcome: 'left_out', reasons: [{ code: 'duplicate_location' }] })
    expect(kinds(report)).toEqual(['warning duplicate_location'])
  })

  test('that says two things of a location stops the frame and draws neither', async () => {
    const { services, report } = await draw([row(), row({ name: 'Another House' }), row({ locationId: '1-101615478' })])
    expect(services.map(({ locationId }) => locationId)).toEqual(['1-101615478'])
    expect(report.rows.map(({ outcome }) => outcome)).toEqual(['wrong', 'wrong', 'drawn'])
    expect(report.blocked).toBe(true)
    expect(kinds(report)).toEqual(['error duplicate_conflict'])
  })

  test.each([
    ['location_id_missing', { locationId: '' }],
    ['location_id_invalid', { locationId: '01/01/1585' }],
    ['location_id_invalid', { locationId: '1-12345678' }],
    ['value_unreadable', { unreadable: [{ column: 'Dormant (Y/N)', problem: 'holds "x" instead of Y or N' }] }],
    ['row_cut_short', { broken: 'cut_short' }],
    ['row_too_wide', { broken: 'too_wide' }],
  ] as const)('with a row that could belong stops the frame: %s', async (kind, over) => {
    const { report } = await draw([row({ ...over } as Partial<RegisterRow>), row({ locationId: '1-101615499' })])
    expect(report.rows[0]).toMatchObject({ outcome: 'wrong', reasons: [{ code: kind }] })
    expect(report.problems).toMatchObject([{ kind, severity: 'error', file: 'register', row: report.rows[0]?.row }])
    expect(report.blocked).toBe(true)
  })

  test('with a wrong row of another area, or of a service that would be left out, is only warned of', async () => {
    const { report } = await draw([
      row(),
      row({ locationId: 'x', authority: 'Kent' }),
      row({ locationId: 'x', dormant: true }),
    ])
    expect(report.blocked).toBe(false)
    expect(kinds(report)).toEqual(['warning location_id_invalid', 'warning location_id_invalid'])
  })

  test('takes ODS codes for locations', async () => {
    const { report } = await draw(['RW3MR', 'RXX', '1-12345678901'].map((locationId) => row({ locationId })))
    expect(report.outcomes.drawn).toBe(3)
  })
})

describe('systems that do not fit', () => {
  test.each([
    ['error authority_in_two_systems', [system, { ...system, code: 'other', authorities: ['TRAFFORD Council'] }]],
    ['error system_without_authority', [system, { ...system, code: 'other', authorities: [] }]],
    ['warning authority_not_in_register', [{ ...system, authorities: ['Trafford', 'Cumbria'] }]],
    ['warning system_without_service', [system, { ...system, code: 'other', authorities: ['Kent'] }]],
  ])('%s', async (problem, systems) => {
    expect(kinds((await draw([row()], { systems })).report)).toContain(problem)
  })
})

describe('contacts', () => {
  test('are given to their services, and services without one are named', async () => {
    const { services, report } = await draw([row(), row({ locationId: '1-101615478' })], {
      contacts: contacts(['1-101615477', 'a@invented.example']),
    })
    expect(services.map(({ contactEmail, contactName }) => [contactEmail, contactName])).toEqual([
      ['a@invented.example', 'Ann'],
      [null, null],
    ])
    expect(report).toMatchObject({ withContact: 1, blocked: false })
    expect(report.problems).toMatchObject([
      { kind: 'service_without_contact', severity: 'warning', locationId: '1-101615478' },
    ])
  })

  test.each([
    [
      'error contact_unknown_location',
      contacts(['1-101615477', 'a@invented.example'], ['1-999999999', 'b@invented.example']),
    ],
    ['error contact_conflict', contacts(['1-101615477', 'a@invented.example'], ['1-101615477', 'b@invented.example'])],
    [
      'warning contact_duplicate',
      contacts(['1-101615477', 'a@invented.example'], ['1-101615477', 'A@invented.example']),
    ],
    ['note contact_not_drawn', contacts(['1-101615477', 'a@invented.example'], ['1-101615478', 'b@invented.example'])],
  ])('%s', async (problem, given) => {
    const { report } = await draw([row(), row({ locationId: '1-101615478', authority: 'Kent' })], { contacts: given })
    expect(kinds(report)).toContain(problem)
    expect(report.blocked).toBe(problem.startsWith('error'))
  })

  test('that share an address are told of: the manager gets a message for each service', async () => {
    const given = contacts(['1-101615477', 'a@invented.example'], ['1-101615478', 'A@Invented.example'])
    const { report } = await draw([row(), row({ locationId: '1-101615478', name: 'Other House' })], { contacts: given })
    expect(report.problems).toMatchObject([{ kind: 'shared_address', severity: 'warning' }])
    expect(report.problems[0]?.detail).toMatch(/2 messages.*Invented House \(1-101615477\); Other House/)
  })
})

describe('whole files', () => {
  test('the weekly directory of Trafford gives 57 services where what is not known is accepted, and none otherwise', async () => {
    const careful = await readFrame({ register: trafford, systems: [system] })
    expect(careful.services).toEqual([])
    expect(careful.report).toMatchObject({
      outcomes: { not_known: 57 },
      notKnown: { dormant: 57, adult_social_care: 57, older_people: 57 },
      blocked: true,
    })
    const accepted = await readFrame({ register: trafford, systems: [system], acceptUnknown: true })
    expect(accepted.services).toHaveLength(57)
    expect(accepted.report).toMatchObject({
      outcomes: { drawn: 57 },
      blocked: false,
      byCategory: { nursing_home: 22, residential_care_home: 35 },
    })
  })

  test('a csv that breaks off inside its last row stops the frame', async () => {
    const text = csvLines(monthlyLines([record(), record({ 'Location ID': '1-101615478' })]))
    const { report } = await readFrame({
      register: await write('cut.csv', text.slice(0, text.length - 40)),
      systems: [system],
    })
    expect(report.problems).toMatchObject([{ kind: 'row_cut_short', row: 3, severity: 'error' }])
    expect(report.blocked).toBe(true)
  })

  test('register and contacts are matched by Location ID', async () => {
    const register = await write('register.csv', csvLines(monthlyLines([record()])))
    const file = await write('contacts.csv', 'location_id,email,name\n1-101615477,a@invented.example,Ann\n')
    const { services, source } = await readFrame({
      register,
      contacts: file,
      systems: [system],
      fileName: '1_March_2024.csv',
    })
    expect(services[0]).toMatchObject({ contactEmail: 'a@invented.example', contactName: 'Ann' })
    expect(source.registerDate).toBe('2024-03-01')
  })
})
