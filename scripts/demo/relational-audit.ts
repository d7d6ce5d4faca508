import type { Profile } from './answers.ts'
import { demoSystemCodes } from './systems.ts'
import { pick } from './random.ts'

const sectors = [
  ['adult_social_care_commissioner', 12],
  ['health_commissioner', 9],
  ['acute_hospital', 16],
  ['community_health', 13],
  ['mental_health', 8],
  ['ambulance', 4],
  ['general_practice', 8],
  ['care_home', 10],
  ['domiciliary_care', 8],
  ['vcse', 10],
  ['other', 2],
] as const
const grades = [
  ['senior_executive', 2],
  ['operational_manager', 4],
  ['frontline_staff', 5],
  ['other', 1],
] as const

/** How far above or below the middle people see each other: the published extremes, and a middle for the rest. */
const leanings: Record<string, number> = { treat_fairly: 1.2, open_honest: 1.1, take_risks: -1.0 }

export interface AuditRespondent {
  system: string
  profile: Profile
}

/** About 1,100 people of 20 systems; the voluntary sector sees relationships more negatively, as published. */
export function relationalAuditRespondents(random: () => number, count = 1100): AuditRespondent[] {
  return Array.from({ length: count }, () => {
    const sector = pick(random, sectors)
    const several = random() < 0.12
    const fixed = {
      grade: pick(random, grades),
      sector,
      ...(several ? { sectors: [...new Set([sector, pick(random, sectors)])] } : {}),
    }
    return {
      system: pick(
        random,
        demoSystemCodes.map((code) => [code, 1] as const),
      ),
      profile: { fixed, weights: weightsFor(sector) },
    }
  })
}

function weightsFor(sector: string): Profile['weights'] {
  const shift = sector === 'vcse' ? -0.9 : 0
  return (question, row) => {
    if (question === 'change')
      return [
        ['much_better', 1],
        ['better', 4],
        ['same', 5],
        ['worse', 2],
        ['much_worse', 1],
        ['dont_know', 1],
      ]
    const scale = scaleAround(3.3 + (leanings[question] ?? 0) + shift)
    return row === undefined
      ? [...scale, ['dont_know', 0.15]]
      : [...scale, ['do_not_work_with', 1], ['dont_know', 0.15]]
  }
}

/** Weights of 1 to 5 around a centre. */
const scaleAround = (centre: number) =>
  [1, 2, 3, 4, 5].map((code) => [code, Math.exp(-((code - centre) ** 2) / 2)] as const)
