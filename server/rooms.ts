// The rooms of server/, from the ground up. The linter reads this order, and docs/architecture.md shows it.

export interface Room {
  /** A folder of server/, or a file beside them. */
  name: string
  floor: string
  what: string
}

const floor = (name: string, rooms: Record<string, string>): Room[] =>
  Object.entries(rooms).map(([room, what]) => ({ name: room, floor: name, what }))

/** A room imports only from rooms that stand before it, types included; surveys/ lies under all of them. */
export const rooms: readonly Room[] = [
  ...floor('ground', {
    'errors.ts': 'errors that a person can act on',
    'canonical-json.ts': 'equal content, equal text and hash',
    'repeat.ts': 'doing something again and again until stopped',
    'config.ts': 'settings, read once',
    time: 'London dates',
    statistics: 'pure: disclosure (the gate), intervals, rates, scales, rounding',
    db: 'tables, opening, writing, identifiers, audit log',
    links: 'every address and token derived from the key',
    sheets: 'reading ods, xlsx and csv; writing csv and text tables',
    'context.ts': 'all that the outside world gives',
    http: 'what every request shares: contracts, errors, headers, roles, page shells',
  }),
  ...floor('mail', {
    'delivery-reports': 'what mail servers report; pure, one door',
    outbox: 'a durable queue and its transports; knows no collection',
  }),
  ...floor('of whom', { systems: 'areas and their authorities' }),
  ...floor('staff', { accounts: 'staff, sign-in, sessions, roles, audit log' }),
  ...floor('what is asked', {
    'question-sets': 'versions, drafts, publishing, differences; files; trying them out; the form on paper',
  }),
  ...floor('when', { collections: 'life cycle alone: draft, open, closed, released; the version fielded' }),
  ...floor('of whom, by name', { frame: 'register and contacts; who is drawn, and why' }),
  ...floor('by whom', {
    'message-templates': 'the words of each kind of message: shipped, a collection’s own, preview, test',
    invitations: 'personal links and their plan; what became of them: history, delivery, dispositions',
    cascade: 'shared links and coordinators; reach; submissions to look at',
    fielding: 'opening, which makes invitations or links, and extending, which moves reminders',
  }),
  ...floor('answers', { responses: 'the respondent’s side; preview; import of coded returns' }),
  ...floor('what came', {
    results: 'snapshots, figures, release',
    progress: 'counts while a collection runs',
  }),
  ...floor('end', { retention: 'deleting contacts and what connects answers with services' }),
  ...floor('doors', {
    'mail.ts': 'every kind of message, handed to the outbox',
    'app.ts': 'every request',
    'check-runtime.ts': 'the right Node',
    'data-dir.ts': 'everything in DATA_DIR, opened',
    cli: 'the command line, a file per subject',
    'cli.ts': 'the command line',
    'main.ts': 'the server',
  }),
]

/** Rooms that the browser may use too: no database, no HTTP, no Node. */
export const pureRooms: readonly string[] = ['time', 'statistics']
