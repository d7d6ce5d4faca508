import { demoSystems } from './systems.ts'
import { pick } from './random.ts'

export interface DemoService {
  locationId: string
  system: string
  category: string
}

/** How many services of each type the synthetic register holds: 1,500 in all, as many as answer in the example of the AAPOR rates. */
const services = {
  residential_care_home: 610,
  nursing_home: 320,
  domiciliary_care: 430,
  extra_care_housing: 50,
  supported_living: 75,
  shared_lives: 15,
}

const flags: Record<string, string> = {
  nursing_home: 'Service type - Care home service with nursing',
  residential_care_home: 'Service type - Care home service without nursing',
  domiciliary_care: 'Service type - Domiciliary care service',
  extra_care_housing: 'Service type - Extra Care housing services',
  supported_living: 'Service type - Supported living service',
  shared_lives: 'Service type - Shared Lives',
}

const columns = [
  'Location ID',
  'Location HSCA start date',
  'Dormant (Y/N)',
  'Care home?',
  'Location Name',
  'Location Telephone Number',
  'Registered manager',
  'Location Inspection Directorate',
  'Location Region',
  'Location Local Authority',
  'Location Postal Code',
  'Provider ID',
  'Provider Name',
  ...Object.values(flags),
  'Service user band - Dementia',
  'Service user band - Older People',
  'Service user band - Whole Population',
  'Location Dual Registered',
  'Primary ID (Dual registration locations)',
]

/** A synthetic register in the columns of the monthly directory, its contacts, and what it holds. */
export function makeRegister(random: () => number) {
  const made: DemoService[] = []
  const rows: string[] = []
  const contacts = ['location_id,email,name']
  for (const [category, count] of Object.entries(services)) {
    for (let index = 0; index < count; index++) {
      const number = made.length + 1
      const [system, , region, authorities] = pick(
        random,
        demoSystems.map((entry) => [entry, 1] as const),
      )
      const authority = pick(
        random,
        (authorities || demoSystems.find(([code]) => code === system)?.[1] || '')
          .split(';')
          .map((name) => [name, 1] as const),
      )
      const service = { locationId: `1-${900_000_000 + number}`, system, category }
      made.push(service)
      rows.push(registerRow(service, { number, region, authority, provider: Math.floor(random() * 900) + 1 }))
      contacts.push(`${service.locationId},manager${number}@service${number}.example,Synthetic Manager ${number}`)
    }
  }
  return { services: made, registerCsv: [columns.join(','), ...rows].join('\n'), contactsCsv: contacts.join('\n') }
}

interface Place {
  number: number
  region: string
  authority: string
  provider: number
}

function registerRow({ locationId, category }: DemoService, { number, region, authority, provider }: Place): string {
  const values: Record<string, string> = {
    'Location ID': locationId,
    'Location HSCA start date': '01/10/2010',
    'Dormant (Y/N)': 'N',
    'Care home?': category.endsWith('home') ? 'Y' : 'N',
    'Location Name': `Synthetic service ${number}`,
    'Location Telephone Number': '01632960000',
    'Registered manager': `Synthetic Manager ${number}`,
    'Location Inspection Directorate': 'Adult social care',
    'Location Region': region,
    'Location Local Authority': authority,
    'Location Postal Code': 'ZZ99 9ZZ',
    'Provider ID': `1-${800_000_000 + provider}`,
    'Provider Name': `Synthetic provider ${provider}`,
    [flags[category] ?? '']: 'Y',
    'Service user band - Older People': 'Y',
    'Location Dual Registered': 'N',
  }
  return columns.map((column) => values[column] ?? '').join(',')
}
