import { describe, expect, test } from 'vitest'
import { resultsToText } from '../../server/results/export.ts'
import { testApp } from '../app.ts'
import { addResponses, openPersonalCollection, releaseResults } from '../factories.ts'
import { answersTo, figure, released, repeat, resultsFrom, sixOfTwentyTwo, type Services } from './released.ts'

describe('the results of a released snapshot', () => {
  test('follow the contract to the letter: frame 60, base 22, count 6 gives 15.2 to 43.9', async () => {
    const app = testApp()
    const { collection, snapshot } = released(app, 60, sixOfTwentyTwo)
    const results = await resultsFrom(app, collection.id)
    expect(results.collection).toEqual({
      id: collection.id,
      name: 'Review',
      questionSet: 'discharge-information-flow',
      version: 1,
    })
    expect(results.snapshot).toEqual({
      id: snapshot.id,
      sha256: snapshot.sha256,
      takenAt: snapshot.takenAt,
      responses: 22,
      k: 10,
      released: true,
    })
    expect(results.breakdown).toEqual([])
    const states = { population: 60, dontKnow: 0, notApplicable: 0, notAsked: 0, missing: 0 }
    expect(figure(results, 'summary_under_quarter')).toEqual({
      id: 'summary_under_quarter',
      label: 'Receive discharge summaries less than a quarter of the time',
      source: ['summary_received'],
      cells: [
        {
          cell: {},
          label: 'All responses',
          suppressed: false,
          base: 22,
          count: 6,
          percent: 27.3,
          low: 15.2,
          high: 43.9,
          ...states,
          differs: null,
          weighted: null,
        },
      ],
    })
    expect(results.scales).toEqual([])
    const dispositions = { I: 22, P: 0, R: 0, NC: 0, O: 0, U: 38, NE: 0 }
    expect(results.responseRates).toEqual([
      {
        cell: {},
        label: 'All responses',
        suppressed: false,
        invited: 60,
        dispositions,
        RR1: 36.7,
        RR2: 36.7,
        RR3: 36.7,
        RR4: 36.7,
        RR5: null,
        RR6: null,
      },
    ])
  })

  test('take the population of a base from its share of the responses: frame 60, 40 responses, 22 in the base gives 17.9 to 39.2', async () => {
    const app = testApp()
    const { collection } = released(app, 60, [
      ...sixOfTwentyTwo,
      ...repeat(10, 'dont_know'),
      ...repeat(8, 'no_discharges'),
    ])
    const [cell] = figure(await resultsFrom(app, collection.id), 'summary_under_quarter').cells
    expect(cell).toMatchObject({
      base: 22,
      count: 6,
      low: 17.9,
      high: 39.2,
      population: 60,
      dontKnow: 10,
      notApplicable: 8,
      missing: 0,
    })
  })

  test('leave out of the population and of nothing else a service that is not eligible', async () => {
    const app = testApp()
    const services: Services = Array.from({ length: 60 }, (_, place) =>
      place < 50 ? {} : { notEligibleReason: 'closed' },
    )
    const { collection } = released(app, services, sixOfTwentyTwo)
    const results = await resultsFrom(app, collection.id)
    expect(figure(results, 'summary_under_quarter').cells[0]).toMatchObject({ population: 50, base: 22 })
  })

  test('name a group of which nobody answered, hidden, and leave out one that has nobody', async () => {
    const app = testApp()
    const services: Services = [
      ...repeat(30, { category: 'nursing_home' }),
      ...repeat(15, { category: 'supported_living' }),
      ...repeat(2, { category: 'shared_lives', notEligibleReason: 'closed' }),
    ]
    const { collection } = released(app, services, repeat(15, ['under_quarter', 'quarter_to_half']).flat())
    const results = await resultsFrom(app, collection.id, '?breakdown=service_type')
    const labels = ['All responses', 'Nursing home', 'Supported living']
    expect(figure(results, 'summary_under_quarter').cells.map((cell) => cell.label)).toEqual(labels)
    expect(results.responseRates.map((cell) => cell.label)).toEqual(labels)
    expect(results.responseRates[2]!.suppressed).toBe(true)
  })

  test('make no correction, and say so, where more answered than the frame holds', async () => {
    const app = testApp()
    const { collection } = released(
      app,
      Array.from({ length: 24 }, (_, place) => (place < 4 ? { notEligibleReason: 'closed' } : {})),
      sixOfTwentyTwo,
    )
    const results = await resultsFrom(app, collection.id)
    expect(figure(results, 'summary_under_quarter').cells[0]).toMatchObject({
      base: 22,
      population: 20,
      low: 13.2,
      high: 48.2,
    })
    const text = resultsToText(results, { notice: null, selfSelected: false })
    expect(text).toMatch(/All responses +27 +13 to 48 \* +6 +22 /)
    expect(text).toContain('* More answered than the frame holds')
  })

  test('never count test responses, partial ones or withdrawn ones', async () => {
    const app = testApp()
    const { collection, invitations } = openPersonalCollection(app, { services: 60 })
    const more = (place: number) => ({ answers: answersTo('under_quarter'), invitation: invitations[place]! })
    addResponses(app, collection.id, [
      ...sixOfTwentyTwo.map((summary, place) => ({ answers: answersTo(summary), invitation: invitations[place]! })),
      { ...more(22), source: 'test' },
      { ...more(23), status: 'partial' },
      { ...more(24), status: 'withdrawn', answers: {} },
    ])
    releaseResults(app, collection.id)
    const results = await resultsFrom(app, collection.id)
    expect(figure(results, 'summary_under_quarter').cells[0]).toMatchObject({ base: 22, count: 6 })
    expect(results.responseRates[0]).toMatchObject({ dispositions: { I: 22, P: 1, R: 1, U: 36 } })
  })
})
