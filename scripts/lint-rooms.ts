import { dirname, join, relative, sep } from 'node:path'
import type { Rule } from 'eslint'
import type { Node } from 'estree'
import { pureRooms, rooms } from '../server/rooms.ts'

const root = join(import.meta.dirname, '..')
const heights = new Map(rooms.map(({ name }, index) => [name, index]))
/** What no rule may ask: a database, a request, a clock, or how something is shown. */
const impure = ['queries', 'routes', 'templates', 'import', 'export', 'worker']

/** `server/frame/rules/draw-frame.ts` stands in the room `frame`, in its part `rules`; `server/app.ts` is a room of its own. */
function placeOf(path: string): { top: string; room: string; part: string } {
  const [top = '', room = '', part = ''] = path.split('/')
  return { top, room, part: part.replace(/\.ts$/, '') }
}

/** Why one file must not import another, as a sentence; undefined where it may. Paths are below the project's folder. */
export function faultOfImport(from: string, to: string): string | undefined {
  const [here, there] = [placeOf(from), placeOf(to)]
  if (here.top === 'surveys' && there.top !== 'surveys')
    return 'surveys/ lies under everything: it imports nothing of ours.'
  if (here.top === 'client' && there.top === 'server') {
    const isContract = there.part === 'schema' || pureRooms.includes(there.room)
    return isContract
      ? undefined
      : `The browser takes from the server only schema, and the pure rooms ${pureRooms.join(', ')}.`
  }
  if (here.top !== 'server') return undefined
  if (there.top === 'client') return 'The server imports nothing from the browser.'
  if (there.top !== 'server') return undefined
  return faultOfOrder(here.room, there.room) ?? faultOfRule(here, there)
}

function faultOfOrder(here: string, there: string): string | undefined {
  if (here === there) return undefined
  const [own, other] = [heights.get(here), heights.get(there)]
  const unknown = own === undefined ? here : other === undefined ? there : undefined
  if (unknown !== undefined) return `server/rooms.ts does not say where ${unknown} stands.`
  return other! < own! ? undefined : `${here} stands below ${there} in server/rooms.ts: it must not know of it.`
}

function faultOfRule(here: { room: string; part: string }, there: { room: string; part: string }): string | undefined {
  const isRule = here.part === 'rules' || pureRooms.includes(here.room)
  if (!isRule) return undefined
  if (there.room === 'db' || there.room === 'http') return `A rule is pure: it imports nothing of ${there.room}/.`
  return impure.includes(there.part) ? `A rule is pure: it imports no ${there.part}, types included.` : undefined
}

const platformOnly = (from: string, specifier: string): string | undefined =>
  /^(surveys|client)\//.test(from) && specifier.startsWith('node:')
    ? 'The browser has no Node: keep it pure.'
    : undefined

/** Refuses an import against the order of the rooms, by path: the files need not be there. */
export const roomOrder: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const from = relative(root, context.filename).split(sep).join('/')
    const look = (node: Node & { source?: Node | null }) => {
      const specifier = node.source?.type === 'Literal' ? node.source.value : undefined
      if (typeof specifier !== 'string') return
      const to = relative(root, join(dirname(context.filename), specifier))
        .split(sep)
        .join('/')
      const fault = specifier.startsWith('.') ? faultOfImport(from, to) : platformOnly(from, specifier)
      if (fault !== undefined) context.report({ node, message: fault })
    }
    return {
      ImportDeclaration: look,
      ImportExpression: look,
      ExportNamedDeclaration: look,
      ExportAllDeclaration: look,
      TSImportType: (node: Node & { source?: Node | null }) => look(node),
    }
  },
}
