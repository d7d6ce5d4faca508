import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { regionCode, stratumOf } from '../../../surveys/counting/strata.ts'
import type { AnalysisPlan } from '../../../surveys/question-set.ts'

const planOf = (slug: string) => JSON.parse(readFileSync(`surveys/${slug}/analysis.json`, 'utf8')) as AnalysisPlan
const flow = planOf('discharge-information-flow')
const audit = planOf('relational-audit')

describe('the stratum of a response', () => {
  test('takes the service type of the register, not of the answer, and derives the setting from it', () => {
    const source = {
      system: 'TRA',
      region: 'North West',
      category: 'nursing_home',
      answers: { service_type: 'domiciliary_care' },
    }
    expect(stratumOf(flow, source)).toEqual({
      region: 'north_west',
      system: 'TRA',
      service_type: 'nursing_home',
      setting: 'care_home',
    })
  })

  test('takes the answer where there is no register', () => {
    const source = { system: 'TRA', region: 'North West', category: null, answers: { service_type: 'shared_lives' } }
    expect(stratumOf(flow, source)).toMatchObject({ service_type: 'shared_lives', setting: 'care_at_home' })
  })

  test('says not stated for a breakdown that was not answered', () => {
    expect(
      stratumOf(audit, {
        system: 'YOR',
        region: 'Yorkshire and the Humber',
        category: null,
        answers: { grade: 'other' },
      }),
    ).toEqual({
      region: 'yorkshire_and_the_humber',
      system: 'YOR',
      sector: 'not_stated',
      grade: 'other',
    })
  })

  test('says not stated for don’t know, for a list, and for a code of no group', () => {
    const of = (answers: Record<string, unknown>) =>
      stratumOf(flow, { system: 'TRA', region: '', category: null, answers })
    expect(of({ service_type: 'dont_know' })).toMatchObject({
      region: 'not_stated',
      service_type: 'not_stated',
      setting: 'not_stated',
    })
    expect(of({ service_type: ['nursing_home'] })).toMatchObject({ service_type: 'not_stated' })
    expect(of({ service_type: 'hospice' })).toMatchObject({ service_type: 'hospice', setting: 'not_stated' })
  })

  test('derives whatever the order of the breakdowns', () => {
    const plan = { ...flow, breakdowns: flow.breakdowns.toReversed() }
    expect(stratumOf(plan, { system: 'TRA', region: 'North West', category: 'other', answers: {} })).toMatchObject({
      setting: 'other',
    })
  })
})

test('a region’s code is its name in small letters with underscores', () => {
  expect(regionCode('East of England')).toBe('east_of_england')
  expect(regionCode(' Île-de–France ')).toBe('ile_de_france')
})
