// The codes that other software relies on, and every published finding: which answers make it computable.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { questionsOf } from '../../surveys/notes.ts'
import type { Question, QuestionSet } from '../../surveys/question-set.ts'
import { readQuestionSet } from '../../server/question-sets/import/read-question-set.ts'
import { codesOf } from '../../surveys/variables.ts'

const flow = readQuestionSet(join(import.meta.dirname, '../../surveys/discharge-information-flow'))
const audit = readQuestionSet(join(import.meta.dirname, '../../surveys/relational-audit'))

function findQuestion({ questions }: QuestionSet, name: string): Question {
  const question = questions.pages.flatMap(questionsOf).find((element) => element.name === name)
  if (!question) throw new Error(`no question ${name}`)
  return question
}
const codes = (set: QuestionSet, name: string) => codesOf(findQuestion(set, name))
const indicator = ({ plan }: QuestionSet, id: string) => plan.indicators.find((each) => each.id === id)
const breakdown = ({ plan }: QuestionSet, id: string) => plan.breakdowns.find((each) => each.id === id)

const sectors = [
  'adult_social_care_commissioner',
  'health_commissioner',
  'acute_hospital',
  'community_health',
  'mental_health',
  'ambulance',
  'general_practice',
  'care_home',
  'domiciliary_care',
  'vcse',
  'other',
]
const statements = [
  ['integrity', 'open_honest', 'keep_promises', 'own_mistakes'],
  ['respect', 'listen', 'value_skills', 'decide_together'],
  ['fairness', 'treat_fairly', 'fair_costs', 'fair_say'],
  ['empathy', 'know_work', 'understand_pressures', 'help_out'],
  ['trust', 'take_risks', 'trust_judgement', 'raise_problems'],
]

describe('the discharge information flow', () => {
  it('has the codes of service type, summary received and information sufficient, each one choice', () => {
    for (const name of ['service_type', 'summary_received', 'information_sufficient'])
      expect(findQuestion(flow, name).type).toBe('radiogroup')
    expect(codes(flow, 'service_type')).toEqual([
      'residential_care_home',
      'nursing_home',
      'domiciliary_care',
      'extra_care_housing',
      'supported_living',
      'shared_lives',
      'other',
    ])
    expect(codes(flow, 'summary_received')).toEqual([
      'under_quarter',
      'quarter_to_half',
      'half_to_three_quarters',
      'over_three_quarters',
      'no_discharges',
      'dont_know',
    ])
    expect(codes(flow, 'information_sufficient')).toEqual([
      'always',
      'usually',
      'sometimes',
      'rarely',
      'never',
      'no_discharges',
      'dont_know',
    ])
  })

  it('is personal, broken down by region, system, service type and setting, and crossed by system and setting', () => {
    expect(flow.plan.mode).toBe('personal')
    expect(flow.plan.breakdowns.map(({ id, from }) => [id, from])).toEqual([
      ['region', 'region'],
      ['system', 'system'],
      ['service_type', 'category'],
      ['setting', 'derived'],
    ])
    expect(flow.plan.cross).toEqual(['system', 'setting'])
    expect(breakdown(flow, 'setting')?.groups?.map((group) => [group.code, ...group.codes])).toEqual([
      ['care_home', 'residential_care_home', 'nursing_home'],
      ['care_at_home', 'domiciliary_care', 'extra_care_housing', 'supported_living', 'shared_lives'],
      ['other', 'other'],
    ])
  })

  it('computes the share that receives summaries less than a quarter of the time, for all and for domiciliary care', () => {
    expect(flow.plan.indicators[0]).toMatchObject({
      id: 'summary_under_quarter',
      variable: 'summary_received',
      counts: ['under_quarter'],
      headline: true,
    })
    expect(flow.plan.leadIndicator).toBe('summary_under_quarter')
    expect(breakdown(flow, 'service_type')?.variable).toBe('service_type')
  })

  it('computes the share for whom information is rarely or never sufficient, by service type too', () => {
    expect(flow.plan.indicators[1]).toMatchObject({
      id: 'information_rarely_or_never_sufficient',
      variable: 'information_sufficient',
      counts: ['rarely', 'never'],
      headline: true,
    })
  })

  it.each([
    ['medicine changes not highlighted', 'medicines_changes'],
    ['the last dose not stated', 'medicines_last_dose'],
    ['people arriving without their medicines', 'medicines_rarely_or_never_come'],
    ['end-of-life medicines', 'end_of_life_medicines_rarely_or_never_come'],
    ['having to chase', 'chased_always_or_usually'],
    ['waiting for days', 'summary_later_or_chased'],
    ['information not given by telephone', 'by_telephone_rarely_or_never'],
    ['trusted assessors not trusted', 'trusted_assessor_rarely_or_never_relied_on'],
    ['not accepting people Friday to Sunday because of it', 'weekend_limited_by_information'],
    ['hospital staff not understanding the service', 'staff_understand_rarely_or_never'],
    ['unsafe discharge', 'unsafe_discharge_for_information'],
    ['readmission', 'readmitted_for_information'],
    ['accurate information', 'accurate_rarely_or_never'],
    ['an agreement and what is in fact shared, as two questions', 'information_agreed'],
  ])('computes a share for the subject “%s”', (_subject, id) => {
    expect(indicator(flow, id)).toBeDefined()
  })
})

describe('the relational audit', () => {
  it('has the codes of grade and sector; sectors and the partner matrix have those of sector', () => {
    expect(codes(audit, 'grade')).toEqual(['senior_executive', 'operational_manager', 'frontline_staff', 'other'])
    expect(codes(audit, 'sector')).toEqual(sectors)
    expect(findQuestion(audit, 'sectors').type).toBe('checkbox')
    expect(codes(audit, 'sectors')).toEqual(sectors)
    const partners = findQuestion(audit, 'partners')
    expect(partners.type === 'matrix' && partners.rows.map(({ value }) => value)).toEqual(sectors)
    expect(codes(audit, 'partners')).toEqual([1, 2, 3, 4, 5, 'do_not_work_with', 'dont_know'])
  })

  it('is cascaded, broken down by region, system, sector and grade, and crossed by sector and grade', () => {
    expect(audit.plan.mode).toBe('cascade')
    expect(audit.plan.breakdowns.map(({ id, from }) => [id, from])).toEqual([
      ['region', 'region'],
      ['system', 'system'],
      ['sector', 'variable'],
      ['grade', 'variable'],
    ])
    expect(audit.plan.cross).toEqual(['sector', 'grade'])
  })

  it('has three statements for each of five scales, each one choice from 1 to 5 or don’t know', () => {
    expect(audit.plan.scales.map(({ id, items }) => [id, ...items.map(({ variable }) => variable)])).toEqual(statements)
    for (const name of statements.flatMap(([, ...names]) => names)) {
      expect(findQuestion(audit, name).type).toBe('radiogroup')
      expect(codes(audit, name)).toEqual([1, 2, 3, 4, 5, 'dont_know'])
      expect(indicator(audit, `${name}_agree`)).toMatchObject({ variable: name, counts: [4, 5] })
    }
  })

  it('computes the published extremes: fair, open and honest, and unable to take risks', () => {
    expect(audit.plan.indicators.filter(({ headline }) => headline).map(({ id }) => id)).toEqual([
      'treat_fairly_agree',
      'open_honest_agree',
      'take_risks_disagree',
    ])
    expect(indicator(audit, 'take_risks_disagree')).toMatchObject({ variable: 'take_risks', counts: [1, 2] })
  })

  it('computes how the voluntary sector rates its partners, against everyone else, and who rates whom', () => {
    expect(breakdown(audit, 'sector')?.variable).toBe('sector')
    for (const sector of sectors)
      expect(indicator(audit, `partners_${sector}_well`)).toMatchObject({
        variable: `partners.${sector}`,
        counts: [4, 5],
      })
  })

  it('computes change for the better and for the worse', () => {
    expect(indicator(audit, 'change_better')?.counts).toEqual(['better', 'much_better'])
    expect(indicator(audit, 'change_worse')?.counts).toEqual(['worse', 'much_worse'])
  })
})
