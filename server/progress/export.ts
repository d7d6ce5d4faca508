// Progress as a file: the same counts as the page, for the same person.
import { csvLine } from '../sheets/csv-line.ts'
import type { Progress, ProgressCell } from './schema.ts'

const dispositions = ['I', 'P', 'R', 'NC', 'O', 'U', 'NE'] as const
const rates = ['RR1', 'RR2', 'RR3', 'RR4', 'RR5', 'RR6'] as const
const counts = {
  services: ({ services }: ProgressCell) => services,
  invited: ({ invited }: ProgressCell) => invited,
  handed_over: ({ handedOver }: ProgressCell) => handedOver,
  bounced: ({ bounced }: ProgressCell) => bounced,
  begun: ({ begun }: ProgressCell) => begun,
  complete: ({ responses }: ProgressCell) => responses?.complete,
  partial: ({ responses }: ProgressCell) => responses?.partial,
  declined: ({ declined }: ProgressCell) => declined,
  messages_waiting: ({ messages }: ProgressCell) => messages?.waiting,
  messages_sent: ({ messages }: ProgressCell) => messages?.sent,
  messages_failed: ({ messages }: ProgressCell) => messages?.failed,
  messages_cancelled: ({ messages }: ProgressCell) => messages?.cancelled,
}

interface About {
  name: string
  notice: string | null
}

/** One row for each group: the breakdown and its code are blank for the whole; of a hidden group nothing else is said. */
export function progressToCsv({ cells, at }: Progress, { name, notice }: About): string {
  const head = ['collection', 'at', 'breakdown', 'code', 'label', 'suppressed']
  const lines = cells.map((cell) => {
    const [breakdown = '', code = ''] = Object.entries(cell.cell)[0] ?? []
    return [
      ...[name, at, breakdown, code, cell.label, cell.suppressed],
      ...Object.values(counts).map((read) => read(cell)),
      ...dispositions.map((disposition) => cell.dispositions?.[disposition]),
      ...rates.map((rate) => cell.rates?.[rate]),
      notice,
    ]
  })
  return [[...head, ...Object.keys(counts), ...dispositions, ...rates, 'notice'], ...lines].map(csvLine).join('')
}

/** One row for each day: how many there were by its end. */
export function daysToCsv({ days }: Progress, { name, notice }: About): string {
  const head = ['collection', 'day', 'handed_over', 'begun', 'complete', 'declined', 'bounced', 'notice']
  const lines = days.map(({ day, handedOver, begun, complete, declined, bounced }) => [
    name,
    day,
    handedOver,
    begun,
    complete,
    declined,
    bounced,
    notice,
  ])
  return [head, ...lines].map(csvLine).join('')
}
