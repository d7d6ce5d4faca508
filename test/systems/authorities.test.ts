import { expect, test } from 'vitest'
import { localAuthorities } from '../../server/systems/import/local-authorities.ts'
import { authorityKey } from '../../server/systems/rules/authorities.ts'

test.each([
  ['Bristol, City of', 'Bristol'],
  ['Bristol, City of', 'BRISTOL CITY COUNCIL'],
  ['Herefordshire, County of', 'Herefordshire'],
  ['Kingston upon Hull, City of', 'Kingston-upon-Hull'],
  ['Kingston upon Hull, City of', 'Hull City Council'],
  ['Bath and North East Somerset', 'Bath & North East Somerset'],
  ['Bournemouth, Christchurch and Poole', 'Bournemouth, Christchurch & Poole Council'],
  ['St. Helens', 'St Helens'],
  ['Stockton-on-Tees', 'Stockton on Tees'],
  ['County Durham', 'Durham County Council'],
  ['Camden', 'London Borough of Camden'],
  ['Kensington and Chelsea', 'Royal Borough of Kensington & Chelsea'],
  ['Isles of Scilly', 'Isles Of Scilly'],
  ['York', 'City of York  Council'],
  ['Wigan', 'Wigan Metropolitan Borough Council'],
])('%s is %s', (ons, other) => {
  expect(authorityKey(other)).toBe(authorityKey(ons))
})

test('no two authorities of England share a key', () => {
  expect(new Set(localAuthorities.map(({ name }) => authorityKey(name))).size).toBe(153)
})

test('authorities with similar names stay apart', () => {
  for (const [left, right] of [
    ['Nottingham', 'Nottinghamshire'],
    ['Bedford', 'Central Bedfordshire'],
    ['Kingston upon Thames', 'Kingston upon Hull'],
    ['Derby', 'Derbyshire'],
  ] as const) {
    expect(authorityKey(left)).not.toBe(authorityKey(right))
  }
})
