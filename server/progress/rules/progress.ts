import {
  dispositionOf,
  dispositions,
  hasBegun,
  isUndelivered,
  type Disposition,
  type InvitationState,
} from '../../invitations/rules/dispositions.ts'
import { cellKey, type Groups } from '../../statistics/disclosure/cells.ts'
import { publishedResponseRates } from '../../statistics/response-rates.ts'
import { percentForData } from '../../statistics/rounding.ts'
import type { ProgressCell } from '../schema.ts'
import { modeOf, type Mode } from '../../../surveys/modes.ts'

type MessageState = 'queued' | 'sending' | 'sent' | 'failed' | 'cancelled'

/** Services (personal) or responses (cascade) that are alike in all that is counted. */
export interface ProgressGroup {
  systemId: string
  category?: string
  count: number
  invited?: boolean
  /** A mail server took a message to it. */
  handedOver?: boolean
  messageStatus?: MessageState | null
  /** Of an invitation. */
  state?: Omit<InvitationState, 'closed'>
  /** Of a cascade's response. */
  status?: 'partial' | 'complete' | 'withdrawn'
}

export interface ProgressFrame {
  mode: Mode
  closed: boolean
  systems: readonly { id: string; code: string; name: string }[]
  /** Codes in their order, with labels. */
  categories: readonly { code: string; label: string }[]
  /** The ids that the plan gives the two breakdowns. */
  breakdowns: { system: string; category: string }
}

/** What results would say at this moment: cells that are not known are left out, hidden ones say only that. */
export interface ProgressGate {
  known: ReadonlySet<string>
  hidden: ReadonlySet<string>
  /** The ids of the systems in a reviewer's scope; null: every one. */
  scope: readonly string[] | null
}

/** Counts of the whole, of each system and of each type of service. Without a gate: as an admin sees them, small ones too. */
export function countProgress(
  groups: readonly ProgressGroup[],
  frame: ProgressFrame,
  gate: ProgressGate | null,
): ProgressCell[] {
  return placesOf(frame, gate?.scope ?? null).flatMap(({ cell, label, isIn }) => {
    const key = cellKey(cell)
    const isWhole = Object.keys(cell).length === 0
    if (gate && !isWhole && !gate.known.has(key)) return []
    if (gate?.hidden.has(key)) return [hiddenCell(cell, label)]
    const counted = countCell(
      cell,
      label,
      groups.filter((group) => isIn(group)),
      frame,
    )
    return isWhole || counted.services !== 0 ? [counted] : []
  })
}

interface Place {
  cell: Groups
  label: string
  isIn: (group: ProgressGroup) => boolean
}

function placesOf({ mode, systems, categories, breakdowns }: ProgressFrame, scope: readonly string[] | null): Place[] {
  const ofSystems = systems
    .filter(({ id }) => scope === null || scope.includes(id))
    .map(({ id, code, name }) => ({
      cell: { [breakdowns.system]: code },
      label: name,
      isIn: ({ systemId }: ProgressGroup) => systemId === id,
    }))
  const ofCategories = categories.map(({ code, label }) => ({
    cell: { [breakdowns.category]: code },
    label,
    isIn: ({ category }: ProgressGroup) => category === code,
  }))
  const whole = { cell: {}, label: 'All', isIn: () => true }
  return [whole, ...ofSystems, ...(modeOf({ mode }).invites ? ofCategories : [])]
}

const nothing = {
  services: null,
  invited: null,
  handedOver: null,
  begun: null,
  declined: null,
  bounced: null,
  messages: null,
  dispositions: null,
  rates: null,
}

const hiddenCell = (cell: Groups, label: string): ProgressCell => ({
  cell: { ...cell },
  label,
  suppressed: true,
  responses: null,
  ...nothing,
})

function countCell(
  cell: Groups,
  label: string,
  groups: readonly ProgressGroup[],
  { mode, closed }: ProgressFrame,
): ProgressCell {
  const sum = (test: (group: ProgressGroup) => boolean) =>
    groups.filter(test).reduce((total, { count }) => total + count, 0)
  const named = { cell: { ...cell }, label, suppressed: false }
  if (!modeOf({ mode }).invites) {
    const [complete, partial] = (['complete', 'partial'] as const).map((wanted) =>
      sum(({ status }) => status === wanted),
    )
    return { ...named, ...nothing, responses: { complete: complete!, partial: partial! } }
  }
  const stands = (...states: MessageState[]) =>
    sum(({ messageStatus }) => !!messageStatus && states.includes(messageStatus))
  const counts = Object.fromEntries(
    dispositions.map((name) => [name, sum((group) => dispositionIn(group, closed) === name)]),
  ) as Record<Disposition, number>
  const complete = sum(({ state }) => state?.response?.status === 'complete')
  const partial = sum(({ state }) => !!state && hasBegun(state))
  return {
    ...named,
    services: sum(() => true),
    invited: sum(({ invited }) => invited === true),
    handedOver: sum(({ handedOver }) => handedOver === true),
    begun: complete + partial,
    declined: sum(({ state }) => state?.outcome === 'declined'),
    bounced: sum(({ state }) => !!state && isUndelivered(state)),
    messages: {
      waiting: stands('queued', 'sending'),
      sent: stands('sent'),
      failed: stands('failed'),
      cancelled: stands('cancelled'),
    },
    responses: { complete, partial },
    dispositions: counts,
    rates: ratesOf(counts),
  }
}

export const dispositionIn = ({ state, invited }: ProgressGroup, closed: boolean): Disposition | undefined =>
  state && invited ? dispositionOf({ ...state, closed }) : undefined

/** In percent, to one decimal. */
function ratesOf(counts: Record<Disposition, number>): NonNullable<ProgressCell['rates']> {
  const { RR1, RR2, RR3, RR4, RR5, RR6 } = publishedResponseRates(counts)
  const percent = (rate: number | null) => (rate === null ? null : percentForData(rate))
  return {
    RR1: percent(RR1),
    RR2: percent(RR2),
    RR3: percent(RR3),
    RR4: percent(RR4),
    RR5: percent(RR5),
    RR6: percent(RR6),
  }
}
