import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Results } from '../../server/results/schema.ts'
import { testApp } from '../app.ts'
import {
  addResponses,
  createSystem,
  openCascadeCollection,
  openPersonalCollection,
  releaseResults,
  signIn,
} from '../factories.ts'
import { figure, released, repeat, resultsFrom, type Services } from './released.ts'

describe('the results of a released snapshot', () => {
  test('hide a cell under the threshold, and say nothing else of it', async () => {
    const app = testApp()
    const categories: Services = [
      ...repeat(12, 'nursing_home'),
      ...repeat(12, 'domiciliary_care'),
      ...repeat(9, 'shared_lives'),
      ...repeat(9, 'extra_care_housing'),
    ].map((category) => ({ category }))
    const { collection } = released(app, categories, repeat(21, ['under_quarter', 'quarter_to_half']).flat())
    const results = await resultsFrom(app, collection.id, '?breakdown=service_type')
    expect(results.breakdown).toEqual(['service_type'])
    expect(
      figure(results, 'summary_under_quarter').cells.map(({ cell, label, suppressed }) => [cell, label, suppressed]),
    ).toEqual([
      [{}, 'All responses', false],
      [{ service_type: 'nursing_home' }, 'Nursing home', false],
      [{ service_type: 'domiciliary_care' }, 'Domiciliary (home) care', false],
      [{ service_type: 'extra_care_housing' }, 'Extra care housing', true],
      [{ service_type: 'shared_lives' }, 'Shared Lives', true],
    ])
    expect(figure(results, 'summary_under_quarter').cells[3]).toEqual({
      cell: { service_type: 'extra_care_housing' },
      label: 'Extra care housing',
      suppressed: true,
    })
    expect(results.responseRates[3]).toEqual({
      cell: { service_type: 'extra_care_housing' },
      label: 'Extra care housing',
      suppressed: true,
    })
  })

  test('hide a second cell where a line with a published total would be left with one', async () => {
    const app = testApp()
    const categories: Services = [
      ...repeat(12, 'nursing_home'),
      ...repeat(14, 'domiciliary_care'),
      ...repeat(4, 'shared_lives'),
    ].map((category) => ({ category }))
    const { collection } = released(app, categories, repeat(15, ['under_quarter', 'quarter_to_half']).flat())
    const results = await resultsFrom(app, collection.id, '?breakdown=service_type')
    const hidden = figure(results, 'summary_under_quarter').cells.filter((cell) => cell.suppressed)
    expect(hidden.length).toBeGreaterThanOrEqual(2)
    expect(hidden.map((cell) => cell.label)).toContain('Shared Lives')
  })

  test('hide unanimous answers until the base is twice the threshold', async () => {
    const app = testApp()
    const few = released(app, 19, repeat(19, 'under_quarter'))
    const many = released(app, 20, repeat(20, 'under_quarter'), { name: 'Larger' })
    expect(figure(await resultsFrom(app, few.collection.id), 'summary_under_quarter').cells).toEqual([
      { cell: {}, label: 'All responses', suppressed: true },
    ])
    expect(figure(await resultsFrom(app, many.collection.id), 'summary_under_quarter').cells[0]).toMatchObject({
      suppressed: false,
      base: 20,
      count: 20,
      percent: 100,
      low: 100,
      high: 100,
    })
  })

  test('hide what rests on fewer than three providers, or half on one', async () => {
    const app = testApp()
    const services: Services = Array.from({ length: 30 }, (_, place) => ({
      providerKey: place < 15 ? '1-500000001' : `1-50000${1000 + place}`,
    }))
    const { collection } = released(app, services, repeat(15, ['under_quarter', 'quarter_to_half']).flat())
    expect(figure(await resultsFrom(app, collection.id), 'summary_under_quarter').cells).toEqual([
      { cell: {}, label: 'All responses', suppressed: true },
    ])
  })

  test('hide with a question those asked by its answers: "not asked" would count the others', async () => {
    const app = testApp()
    const services: Services = [
      ...repeat(15, 'nursing_home'),
      ...repeat(30, 'residential_care_home'),
      ...repeat(30, 'domiciliary_care'),
    ].map((category) => ({ category }))
    const { collection, invitations } = openPersonalCollection(app, { services })
    // Every nursing home used a trusted assessor: of one mind, and under twice the threshold.
    const used = (place: number) => place < 15 || place % 3 > 0
    const answers = (place: number) =>
      used(place)
        ? { trusted_assessor_used: 'yes', trusted_assessor_relied_on: place % 2 ? 'rarely' : 'always' }
        : { trusted_assessor_used: 'no' }
    addResponses(
      app,
      collection.id,
      invitations.map((invitation, place) => ({ answers: answers(place), invitation })),
    )
    releaseResults(app, collection.id)
    const results = await resultsFrom(app, collection.id, '?breakdown=service_type')
    const hidden = (id: string) =>
      figure(results, id)
        .cells.filter((cell) => cell.suppressed)
        .map((cell) => cell.label)
    expect(hidden('trusted_assessor_used_yes')).toHaveLength(2)
    expect(hidden('trusted_assessor_used_yes')).toContain('Nursing home')
    expect(hidden('trusted_assessor_rarely_or_never_relied_on')).toEqual(hidden('trusted_assessor_used_yes'))
    expect(results.responseRates.every((cell) => !cell.suppressed)).toBe(true)
  })
})

test('over 5,000 random responses no shown part exceeds its whole, and every line with a shown total hides none or more than one', async () => {
  const app = testApp()
  const systems = Array.from(
    { length: 12 },
    (_, place) => createSystem(app, { code: `s${place}`, name: `System ${place}`, region: `Region ${place % 4}` }).code,
  )
  const { collection } = openCascadeCollection(app, { systems })
  const point = fc.option(fc.constantFrom(1, 2, 3, 4, 5, 'dont_know'), { nil: undefined })
  const record = fc.record({
    grade: fc.constantFrom('frontline_staff', 'operational_manager', 'senior_executive', undefined),
    sector: fc.constantFrom('care_home', 'acute_hospital', 'vcse', 'ambulance', undefined),
    treat_fairly: point,
    fair_costs: point,
    fair_say: point,
    take_risks: point,
  })
  // Skewed, so that some cells are large and others are hidden.
  const samples = fc.sample(fc.tuple(record, fc.nat(143)), { numRuns: 5000, seed: 20260601 })
  addResponses(
    app,
    collection.id,
    samples.map(([answers, draw]) => ({
      answers: JSON.parse(JSON.stringify(answers)) as Record<string, unknown>,
      system: systems[Math.floor(Math.sqrt(draw))]!,
    })),
  )
  releaseResults(app, collection.id)
  const reviewer = signIn(app, 'reviewer')
  for (const query of ['breakdown=region', 'breakdown=system', 'breakdown=sector', 'breakdown=grade', 'cross=true']) {
    const { body } = (await reviewer.get(`/api/collections/${collection.id}/results?${query}`).expect(200)) as {
      body: Results
    }
    const hiddenRates = body.responseRates.flatMap((cell, place) => (cell.suppressed ? [place] : []))
    for (const { cells } of [...body.indicators, ...body.scales]) {
      // A base and the states beside it would add up to the responses.
      for (const place of hiddenRates) expect(cells[place]!.suppressed).toBe(true)
      const [whole, ...parts] = cells
      if (!whole || whole.suppressed) continue
      const shown = parts.filter((cell) => !cell.suppressed)
      const sum = shown.reduce((total, cell) => total + cell.base, 0)
      expect(sum).toBeLessThanOrEqual(whole.base)
      expect(parts.length - shown.length).not.toBe(1)
      if (shown.length === parts.length) expect(sum).toBe(whole.base)
    }
  }
})
