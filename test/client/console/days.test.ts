import { expect, test } from 'vitest'
import { dayInWords, daysIn } from '../../../client/console/days.ts'

test('days are read as people write them in the United Kingdom', () => {
  expect(daysIn('6 March 2027\nSaturday 13 Mar 2027, 7/4/2027;01.05.2027, 8 Sept 2027')).toEqual([
    '2027-03-06',
    '2027-03-13',
    '2027-04-07',
    '2027-05-01',
    '2027-09-08',
  ])
})

test('what is shown is read again as the same day', () => {
  expect(daysIn(dayInWords('2027-06-08'))).toEqual(['2027-06-08'])
})

test('what is no day is kept as it was typed, and nothing typed is no day', () => {
  expect(daysIn('tomorrow, 30 February 2027\n\n2027-03-06, 6 Marzo, 8 Juny 2027')).toEqual([
    'tomorrow',
    '30 February 2027',
    '2027-03-06',
    '6 Marzo',
    '8 Juny 2027',
  ])
  expect(daysIn(' \n')).toEqual([])
})
