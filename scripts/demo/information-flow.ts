import type { Profile } from './answers.ts'
import type { DemoService } from './register.ts'
import { shuffle } from './random.ts'

interface Group {
  categories: string[]
  /** How many of each answer, exactly. */
  noDischarges: number
  summary: Record<string, number>
  sufficient: Record<string, number>
}

// 449 managers. Received less than a quarter of the time: (69 + 53) of 420 is 29.0%; domiciliary care 69 of 115 is 60.0%.
// Rarely or never sufficient: (46 + 53) of 430 is 23.0%. The rest said that they do not know, or had no discharges.
const domiciliary: Group = {
  categories: Array<string>(125).fill('domiciliary_care'),
  noDischarges: 5,
  summary: {
    under_quarter: 69,
    quarter_to_half: 18,
    half_to_three_quarters: 13,
    over_three_quarters: 15,
    dont_know: 5,
  },
  sufficient: { rarely: 30, never: 16, sometimes: 40, usually: 27, always: 5, dont_know: 2 },
}
const others: Group = {
  categories: Object.entries({
    residential_care_home: 185,
    nursing_home: 95,
    extra_care_housing: 16,
    supported_living: 24,
    shared_lives: 4,
  }).flatMap(([category, count]) => Array<string>(count).fill(category)),
  noDischarges: 9,
  summary: {
    under_quarter: 53,
    quarter_to_half: 51,
    half_to_three_quarters: 66,
    over_three_quarters: 135,
    dont_know: 10,
  },
  sufficient: { rarely: 41, never: 12, sometimes: 99, usually: 120, always: 40, dont_know: 3 },
}

export const publishedFindings = { responses: 449, underQuarter: 29, underQuarterDomiciliary: 60, rarelyOrNever: 23 }

const codesOf = (counts: Record<string, number>) =>
  Object.entries(counts).flatMap(([code, count]) => Array<string>(count).fill(code))

/** Which of the register's services answer, and what; the order of the services decides who. */
export function informationFlowProfiles(
  services: readonly DemoService[],
  random: () => number,
): { service: DemoService; profile: Profile }[] {
  const waiting = shuffle(random, services)
  const takeService = (category: string) =>
    waiting.splice(
      waiting.findIndex((service) => service.category === category),
      1,
    )[0] as DemoService
  return [domiciliary, others].flatMap((group) => {
    const categories = shuffle(random, group.categories)
    const summary = shuffle(random, codesOf(group.summary))
    const sufficient = shuffle(random, codesOf(group.sufficient))
    return categories.map((category, index) => ({
      service: takeService(category),
      profile: { fixed: fixedAnswers(category, index, group.noDischarges, summary, sufficient), weights },
    }))
  })
}

function fixedAnswers(category: string, index: number, noDischarges: number, summary: string[], sufficient: string[]) {
  if (index >= noDischarges)
    return {
      service_type: category,
      older_people_discharged: 'yes',
      summary_received: summary[index - noDischarges],
      information_sufficient: sufficient[index - noDischarges],
    }
  // Some say so at the gate and are routed past; others answer on and say so there.
  if (index % 2 === 0) return { service_type: category, older_people_discharged: 'no' }
  return {
    service_type: category,
    older_people_discharged: 'dont_know',
    summary_received: 'no_discharges',
    information_sufficient: 'no_discharges',
  }
}

const weights: Profile['weights'] = (question, row) => {
  if (question === 'on_arrival' && row === 'chased')
    return [
      ['always', 2],
      ['usually', 4],
      ['sometimes', 3],
      ['rarely', 1],
      ['dont_know', 0.2],
    ]
  if (question === 'weekend_information')
    return [
      ['worse', 5],
      ['same', 3],
      ['better', 0.3],
      ['dont_know', 0.6],
    ]
  return undefined
}
