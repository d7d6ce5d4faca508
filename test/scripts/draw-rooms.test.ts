import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { drawRooms, withDrawing } from '../../scripts/draw-rooms.ts'
import { rooms } from '../../server/rooms.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/architecture.md'), 'utf8')

it('shows in docs/architecture.md the order that the linter reads (npx node scripts/draw-rooms.ts draws it anew)', () => {
  expect(page).toBe(withDrawing(page))
  expect(page).toContain(drawRooms())
})

it('draws every room once, the highest first, and surveys/ under all of them', () => {
  const drawn = drawRooms()
    .split('\n')
    .flatMap((line) => /^ {3}([a-z][a-z.-]*)/.exec(line)?.[1] ?? [])
  expect(drawn).toEqual([...rooms.map(({ name }) => name).reverse(), 'surveys'])
})

it('refuses a page that has no place for the drawing', () => {
  expect(() => withDrawing('# Architecture')).toThrow(/has no/)
})
