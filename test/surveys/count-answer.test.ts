import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileDefinition } from '../../surveys/definition/definition.ts'
import { startTally } from '../../server/results/rules/tally.ts'
import { compileFigures } from '../../surveys/counting/count-answer.ts'
import type { AnalysisPlan, Answers, Questions } from '../../surveys/question-set.ts'
import { rightAnswers } from './definition/arbitrary-questionnaires.ts'

const read = (slug: string, file: string): unknown => JSON.parse(readFileSync(`surveys/${slug}/${file}.json`, 'utf8'))
const shipped = (slug: string) => {
  const questions = read(slug, 'questions') as Questions
  return { definition: compileDefinition(questions), plan: read(slug, 'analysis') as AnalysisPlan, questions }
}
const flow = shipped('discharge-information-flow')
const audit = shipped('relational-audit')

const figuresOf = ({ definition, plan }: typeof flow, answers: Answers) => compileFigures(definition, plan)(answers)
const resultOf = (id: string, answers: Answers) =>
  figuresOf(flow, answers).indicators.find((indicator) => indicator.id === id)?.result
const scaleOf = (id: string, answers: Answers) => {
  const { mean, answered, of } = figuresOf(audit, answers).scales.find((scale) => scale.id === id)!
  return { mean, answered, of }
}

test('an indicator says whether an answer counts, is in the base only, or is out of it and why', () => {
  const of = (answers: Answers) => resultOf('summary_under_quarter', answers)
  expect(of({ summary_received: 'under_quarter' })).toBe('counts')
  expect(of({ summary_received: 'over_three_quarters' })).toBe('in_base')
  expect(of({ summary_received: 'dont_know' })).toBe('dont_know')
  expect(of({ summary_received: 'no_discharges' })).toBe('not_applicable')
  expect(of({})).toBe('missing')
})

test('an indicator on a question that was routed past says that it does not apply, or was not asked', () => {
  const of = (notApplicableWhen: string | undefined) =>
    compileFigures(flow.definition, { ...flow.plan, notApplicableWhen })({ older_people_discharged: 'no' })
      .indicators.filter(({ id }) => id.startsWith('summary_'))
      .map(({ result }) => result)
  expect(new Set(of(flow.plan.notApplicableWhen))).toEqual(new Set(['not_applicable']))
  expect(new Set(of(undefined))).toEqual(new Set(['not_asked']))
})

test('a scale has its mean where at least half of its statements are answered, those turned round from the other end', () => {
  const { items } = audit.plan.scales.find(({ id }) => id === 'trust')!
  const agreeing = Object.fromEntries(items.map(({ variable, reversed }) => [variable, reversed ? 2 : 4]))
  expect(scaleOf('trust', agreeing)).toEqual({ mean: 4, answered: items.length, of: items.length })
  const one = Object.fromEntries(Object.entries(agreeing).slice(0, 1))
  expect(scaleOf('trust', one)).toEqual({ mean: items.length <= 2 ? 4 : null, answered: 1, of: items.length })
  const unknown = Object.fromEntries(items.map(({ variable }) => [variable, 'dont_know']))
  expect(scaleOf('trust', unknown)).toEqual({ mean: null, answered: 0, of: items.length })
})

describe.each([
  ['discharge-information-flow', flow],
  ['relational-audit', audit],
])('any answers to %s', (_, { definition, plan, questions }) => {
  test('are read as a snapshot reads them', () => {
    const figures = compileFigures(definition, plan)
    fc.assert(
      fc.property(rightAnswers(questions), (given) => {
        const answers = definition.withoutHidden(given)
        const labels = { regions: {}, systems: {}, regionOf: {} }
        const tally = startTally({ definition, plan, labels, providers: false })
        tally.add({ stratum: {}, answers, providerKey: '' })
        const { counts, sums } = tally.rows()
        const { indicators, scales } = figures(answers)
        const counted = plan.indicators.map(({ id, variable, counts: codes }) => {
          const { state, value } = counts.find((row) => row.variable === variable)!
          const inBase = codes.some((code) => String(code) === value) ? 'counts' : 'in_base'
          return { id, result: state === 'answered' ? inBase : state }
        })
        expect(indicators.map(({ id, result }) => ({ id, result }))).toEqual(counted)
        const summed = sums.map(({ scale: id, sums: { scores } }) => ({
          id,
          mean: scores.base === 0 ? null : scores.sum / 2520,
        }))
        expect(scales.map(({ id, mean }) => ({ id, mean }))).toEqual(summed)
      }),
      { numRuns: 150 },
    )
  })
})
