import { cellKey, type Groups, type LinkedCell } from '../../results/rules/disclosure/cells.ts'
import { hiddenCells } from '../../results/rules/disclosure/gate.ts'
import { linesOf } from '../../results/rules/disclosure/lines.ts'
import {
  dispositionOf,
  dispositions,
  type Disposition,
  type InvitationState,
} from '../../distribution/rules/dispositions.ts'
import type { Progress } from '../schema.ts'

type MessageState = 'queued' | 'sending' | 'sent' | 'failed' | 'cancelled'

/** Services (personal) or responses (cascade) that are alike in all that is counted. */
export interface ProgressGroup {
  systemId: string
  category?: string
  count: number
  invited?: boolean
  messageStatus?: MessageState | null
  /** Of an invitation. */
  state?: Omit<InvitationState, 'closed'>
  /** Of a cascade's response. */
  status?: 'partial' | 'complete' | 'withdrawn'
}

export interface ProgressFrame {
  mode: 'personal' | 'cascade'
  closed: boolean
  k: number
  systems: readonly { id: string; code: string; name: string }[]
  /** Codes in their order, with labels. */
  categories: readonly { code: string; label: string }[]
  /** The ids that the plan gives the two breakdowns. */
  breakdowns: { system: string; category: string }
}

type Cell = Progress['cells'][number]

/** Counts of the whole, of each system and of each type of service, behind the same gate as results. */
export function countProgress(groups: readonly ProgressGroup[], frame: ProgressFrame): Progress {
  const cells = [countCell({}, 'All', groups, frame)]
  for (const { id, code, name } of frame.systems)
    cells.push(
      countCell(
        { [frame.breakdowns.system]: code },
        name,
        groups.filter(({ systemId }) => systemId === id),
        frame,
      ),
    )
  if (frame.mode === 'personal') {
    for (const { code, label } of frame.categories)
      cells.push(
        countCell(
          { [frame.breakdowns.category]: code },
          label,
          groups.filter(({ category }) => category === code),
          frame,
        ),
      )
  }
  const known = cells.filter(({ cell, services }) => Object.keys(cell).length === 0 || services !== 0)
  return { k: frame.k, cells: hideSmall(known, frame.k) }
}

function countCell(
  cell: Groups,
  label: string,
  groups: readonly ProgressGroup[],
  { mode, closed }: ProgressFrame,
): Cell {
  const sum = (test: (group: ProgressGroup) => boolean) =>
    groups.filter(test).reduce((total, { count }) => total + count, 0)
  if (mode === 'cascade') {
    const responses = {
      complete: sum(({ status }) => status === 'complete'),
      partial: sum(({ status }) => status === 'partial'),
    }
    return {
      cell,
      label,
      services: null,
      invited: null,
      messages: null,
      suppressed: false,
      responses,
      dispositions: null,
    }
  }
  const stands = (...states: MessageState[]) =>
    sum(({ messageStatus }) => !!messageStatus && states.includes(messageStatus))
  const counts = Object.fromEntries(
    dispositions.map((name) => [name, sum((group) => dispositionIn(group, closed) === name)]),
  ) as Record<Disposition, number>
  return {
    cell,
    label,
    services: sum(() => true),
    invited: sum(({ invited }) => invited === true),
    messages: {
      waiting: stands('queued', 'sending'),
      sent: stands('sent'),
      failed: stands('failed'),
      cancelled: stands('cancelled'),
    },
    suppressed: false,
    responses: {
      complete: counts.I,
      partial: sum(({ state }) => state?.response?.status === 'partial' && state.response.anyAnswer),
    },
    dispositions: counts,
  }
}

const dispositionIn = ({ state, invited }: ProgressGroup, closed: boolean) =>
  state && invited ? dispositionOf({ ...state, closed }) : undefined

function hideSmall(cells: readonly Cell[], k: number): Cell[] {
  const linked = cells.map(({ cell, services, invited, responses }): LinkedCell => ({
    key: cellKey(cell),
    base: responses?.complete ?? 0,
    count: null,
    population: services,
    invited: invited ?? undefined,
  }))
  const hidden = hiddenCells(
    {
      cells: linked,
      lines: linesOf(
        cells.map(({ cell }) => cell),
        [],
      ),
    },
    k,
  )
  return cells.map((cell) =>
    hidden.has(cellKey(cell.cell)) ? { ...cell, suppressed: true, responses: null, dispositions: null } : cell,
  )
}
