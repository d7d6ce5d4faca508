import { describe, expect, it } from 'vitest'
import type { DispositionCounts } from '../../server/statistics/response-rates.ts'
import { countInvited, publishedResponseRates, responseRates } from '../../server/statistics/response-rates.ts'
import { percentForData } from '../../server/statistics/rounding.ts'

const none: DispositionCounts = { I: 0, P: 0, R: 0, NC: 0, O: 0, U: 0, NE: 0 }
const vector: DispositionCounts = { I: 449, P: 31, R: 20, NC: 60, O: 5, U: 935, NE: 40 }

describe('response rates', () => {
  it('are those of the reference for its dispositions', () => {
    const rates = Object.values(responseRates(vector)).map((rate: number | null) => percentForData(rate!))
    expect(rates).toEqual([29.9, 32.0, 31.2, 33.4, 79.5, 85.0])
    expect(countInvited(vector)).toBe(1540)
  })

  it('are published without RR5 and RR6 while anybody is unknown, and with them otherwise', () => {
    expect(publishedResponseRates(vector)).toEqual({ ...responseRates(vector), RR5: null, RR6: null })
    expect(publishedResponseRates({ ...vector, U: 0 }).RR5).toBeCloseTo(449 / 565, 12)
  })

  it('are null where there is nothing to divide by', () => {
    expect(Object.values(responseRates(none))).toEqual([null, null, null, null, null, null])
    expect(responseRates({ ...none, NE: 4 })).toEqual(responseRates(none))
  })

  it('are zero over the unknown alone, and RR3 to RR6 null, since nothing is known of eligibility', () => {
    const unknown = { RR1: 0, RR2: 0, RR3: null, RR4: null, RR5: null, RR6: null }
    expect(responseRates({ ...none, U: 9 })).toEqual(unknown)
    expect(responseRates({ ...none, U: 9, NE: 4 })).toEqual(unknown)
  })

  it('are all alike in pairs when nobody is unknown', () => {
    const rates = responseRates({ I: 6, P: 2, R: 1, NC: 1, O: 0, U: 0, NE: 5 })
    expect(rates).toEqual({ RR1: 0.6, RR2: 0.8, RR3: 0.6, RR4: 0.8, RR5: 0.6, RR6: 0.8 })
  })
})
