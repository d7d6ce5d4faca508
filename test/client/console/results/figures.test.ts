import { expect, test } from 'vitest'
import { meanInWords, ratesInWords, sharesInWords } from '../../../../client/console/results/figures.ts'

const shown = {
  cell: {},
  label: 'All responses',
  suppressed: false as const,
  dontKnow: 0,
  notApplicable: 0,
  notAsked: 0,
  missing: 0,
  differs: null,
  weighted: null,
  population: null,
}

test('a share is rounded from its counts, not from the one-decimal figure', () => {
  // 28.46% is 28.5 in data; rounding that again would say 29.
  expect(sharesInWords({ ...shown, count: 37, base: 130, percent: 28.5, low: 21.4, high: 36.8 })).toMatchObject({
    percent: '28%',
  })
  expect(sharesInWords({ ...shown, count: 130, base: 449, percent: 29, low: 25, high: 33.3 })).toEqual({
    percent: '29%',
    interval: '25% to 33%',
    populationIgnored: false,
  })
})

test('an interval is corrected for the population as the published one is', () => {
  // Frame 60, 40 responses of which 22 are in the base: 17.9 to 39.2.
  const cell = {
    ...shown,
    count: 6,
    base: 22,
    percent: 27.3,
    low: 17.9,
    high: 39.2,
    population: 60,
    dontKnow: 10,
    missing: 8,
  }
  expect(sharesInWords(cell)).toEqual({ percent: '27%', interval: '18% to 39%', populationIgnored: false })
})

test('a population smaller than the responses is told of', () => {
  expect(
    sharesInWords({ ...shown, count: 6, base: 22, percent: 27.3, low: 13.2, high: 48.2, population: 20 })
      .populationIgnored,
  ).toBe(true)
})

test('a mean keeps one decimal, and says where there is no interval', () => {
  const scale = {
    cell: {},
    label: 'All',
    suppressed: false as const,
    base: 20,
    mean: 3,
    low: 2.6,
    high: 3.4,
    distribution: [1, 2, 3, 4, 10] as [number, number, number, number, number],
  }
  expect(meanInWords(scale)).toEqual({ mean: '3.0', interval: '2.6 to 3.4' })
  expect(meanInWords({ ...scale, low: null, high: null }).interval).toBe('None')
})

test('response rates are in whole percent, and RR5 and RR6 are left out where services are of unknown eligibility', () => {
  const rates = {
    cell: {},
    label: 'All',
    suppressed: false as const,
    invited: 1500,
    dispositions: { I: 449, P: 31, R: 20, NC: 60, O: 5, U: 935, NE: 40 },
    RR1: 29.9,
    RR2: 32,
    RR3: 31.2,
    RR4: 33.4,
    RR5: null,
    RR6: null,
  }
  expect(ratesInWords(rates)).toEqual({ RR1: '30%', RR2: '32%', RR3: '31%', RR4: '33%' })
  expect(ratesInWords({ ...rates, invited: null, dispositions: { I: 12 } })).toEqual({})
})
