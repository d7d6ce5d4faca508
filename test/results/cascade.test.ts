import { describe, expect, test } from 'vitest'
import { resultsToCsv, resultsToText } from '../../server/results/export.ts'
import { testApp } from '../app.ts'
import { addResponses, openCascadeCollection, releaseResults } from '../factories.ts'
import { figure, resultsFrom } from './released.ts'

describe('a cascade', () => {
  const person = (place: number) => ({
    grade: place % 2 ? 'frontline_staff' : 'operational_manager',
    sector: 'acute_hospital',
    treat_fairly: 4,
    fair_costs: place % 4 ? 3 : 2,
    fair_say: 'dont_know',
    open_honest: (place % 5) + 1,
    keep_promises: (place % 5) + 1,
    own_mistakes: (place % 5) + 1,
  })

  test('has participation, scales with their spread, no population and no rate', async () => {
    const app = testApp()
    const { collection } = openCascadeCollection(app)
    addResponses(
      app,
      collection.id,
      Array.from({ length: 40 }, (_, place) => ({ answers: person(place) })),
    )
    releaseResults(app, collection.id)
    const results = await resultsFrom(app, collection.id, '?breakdown=grade')
    const none = { RR1: null, RR2: null, RR3: null, RR4: null, RR5: null, RR6: null }
    expect(results.responseRates[0]).toEqual({
      cell: {},
      label: 'All responses',
      suppressed: false,
      invited: null,
      dispositions: { I: 40 },
      ...none,
    })
    expect(results.responseRates[1]).toMatchObject({ cell: { grade: 'operational_manager' }, dispositions: { I: 20 } })
    const scale = (id: string) => results.scales.find((candidate) => candidate.id === id)!
    // Scores of 1 to 5, eight each: mean 3, variance 80/39, t(39) 2.0227: 3 ± 0.458.
    expect(scale('integrity')).toMatchObject({
      label: 'Integrity',
      alpha: 1,
      cells: [{ base: 40, mean: 3, low: 2.5, high: 3.5, distribution: [8, 8, 8, 8, 8] }, {}, {}],
    })
    // Two of three items answered: 3.5 thirty times and 3 ten times; nobody answered all three.
    expect(scale('fairness')).toMatchObject({
      alpha: null,
      cells: [{ base: 40, mean: 3.4, distribution: [0, 0, 10, 30, 0] }, {}, {}],
    })
    expect(figure(results, 'treat_fairly_agree').cells[0]).toMatchObject({
      base: 40,
      count: 40,
      percent: 100,
      population: null,
      low: 91.2,
      high: 100,
    })
    expect(figure(results, 'listen_agree').cells[0]).toEqual({ cell: {}, label: 'All responses', suppressed: true })

    const text = resultsToText(results, { notice: 'Synthetic data.', selfSelected: true })
    expect(text).toMatch(/^Synthetic data\.\n/)
    expect(text).toMatch(/Integrity \(alpha 1\)\n.*\n +All responses +3\.0 +2\.5 to 3\.5 +40 +8 +8 +8 +8 +8\n/)
    expect(text).toContain('the intervals are illustrative')
    const csv = resultsToCsv(results, null).split('\r\n')
    expect(csv.find((line) => line.includes(',scale,integrity,'))).toMatch(
      /,All responses,false,40,,,2\.5,3\.5,,,,,,,3,1,8,8,8,8,8,/,
    )
    expect(csv.find((line) => line.includes(',response_rate,'))).toMatch(/,All responses,false,(,)+40,(,)*$/)
  })

  test.each([
    [9, null],
    [10, 1],
  ])('with %d who answered every item has an alpha of %s', async (complete, alpha) => {
    const app = testApp()
    const { collection } = openCascadeCollection(app)
    const answers = (place: number) => ({
      open_honest: (place % 5) + 1,
      keep_promises: (place % 5) + 1,
      ...(place < complete ? { own_mistakes: (place % 5) + 1 } : {}),
    })
    addResponses(
      app,
      collection.id,
      Array.from({ length: 40 }, (_, place) => ({ answers: answers(place) })),
    )
    releaseResults(app, collection.id)
    const scale = (await resultsFrom(app, collection.id)).scales.find(({ id }) => id === 'integrity')!
    expect([scale.alpha, scale.cells[0]]).toMatchObject([alpha, { suppressed: false, base: 40 }])
  })
})
