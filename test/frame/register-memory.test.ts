import { expect, test } from 'vitest'
import { measureRegister } from '../bench/measure-register.ts'

test('a register of 30,000 rows, some 440 MB unpacked, is drawn from under 300 MB of resident memory', async () => {
  const measure = await measureRegister(30_000)
  expect(measure.contentBytes).toBeGreaterThan(430_000_000)
  expect(measure.rows).toBe(30_000)
  expect(measure.drawn).toBeGreaterThan(1_000)
  expect(measure.peakMegabytes).toBeLessThan(300)
})
