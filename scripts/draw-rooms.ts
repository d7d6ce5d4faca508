import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pureRooms, rooms, type Room } from '../server/rooms.ts'

const page = join(import.meta.dirname, '../docs/architecture.md')
const [start, end] = ['<!-- rooms: drawn by scripts/draw-rooms.ts -->', '<!-- end of rooms -->']
const width = 110
const nameWidth = Math.max(...rooms.map(({ name }) => name.length))
const under = 'what a question set may hold; every rule of one that the browser shares; what a mode means'

/** The rooms as text, the highest first, floor upon floor: what a room may import stands below it. */
export function drawRooms(): string {
  const floors = [...new Set(rooms.map(({ floor }) => floor))].reverse()
  const drawn = floors.flatMap((floor) => [
    ruler(floor),
    ...rooms
      .filter((room) => room.floor === floor)
      .reverse()
      .flatMap((room) => lines(nameOf(room), whatOf(room))),
  ])
  return [...drawn, ruler('under everything'), ...lines('surveys/', under), ruler()].join('\n')
}

const nameOf = ({ name }: Room) => (name.endsWith('.ts') ? name : `${name}/`)
const whatOf = ({ name, what }: Room) => (pureRooms.includes(name) ? `${what} (the browser may use it)` : what)

const ruler = (floor?: string) => (floor === undefined ? '─'.repeat(width) : `── ${floor} `.padEnd(width, '─'))

function lines(name: string, what: string): string[] {
  const room = width - nameWidth - 5
  const wrapped = what.split(' ').reduce<string[]>((done, word) => {
    const last = done.at(-1)
    if (last === undefined || last.length + 1 + word.length > room) return [...done, word]
    return [...done.slice(0, -1), `${last} ${word}`]
  }, [])
  return wrapped.map((text, index) => `   ${(index === 0 ? name : '').padEnd(nameWidth + 1)} ${text}`)
}

/** The page with its drawing made anew. Throws where the marks that the drawing stands between are missing. */
export function withDrawing(text: string): string {
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`The page has no ${start} … ${end}.`)
  return `${text.slice(0, from)}${start}\n\`\`\`\n${drawRooms()}\n\`\`\`\n${text.slice(to)}`
}

if (import.meta.main) writeFileSync(page, withDrawing(readFileSync(page, 'utf8')))
