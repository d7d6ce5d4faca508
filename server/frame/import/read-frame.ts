import { drawFrame } from '../rules/draw-frame.ts'
import type { DrawnService, FrameSystem } from '../rules/drawn-service.ts'
import type { FrameReport } from '../rules/frame-report.ts'
import { readContacts } from './read-contacts.ts'
import { readRegister } from './read-register.ts'
import type { RegisterSource } from '../rules/register-row.ts'

export interface ReadFrameInput {
  /** Path of the register, ods, xlsx or csv. */
  register: string
  /** The name its owner gave it, where the path is an upload's. */
  fileName?: string
  /** Path of the contacts, csv. */
  contacts?: string | null
  systems: FrameSystem[]
  knownAuthorities?: readonly string[]
  acceptUnknown?: boolean
}

export interface ReadFrame {
  source: RegisterSource
  services: DrawnService[]
  report: FrameReport
}

/**
 * Reads the register and the contacts and draws the frame; writes nothing. Services may be stored only when `report.blocked` is false.
 * Errors (400, code `file_…`): a file that cannot be read or has the wrong columns.
 */
export async function readFrame(input: ReadFrameInput): Promise<ReadFrame> {
  const contacts = input.contacts ? await readContacts(input.contacts) : null
  const { source, rows, close } = await readRegister(input.register, { fileName: input.fileName })
  try {
    const { systems, knownAuthorities, acceptUnknown = false } = input
    const drawn = await drawFrame({
      rows,
      systems,
      contacts,
      acceptUnknown,
      knownAuthorities,
      absentColumns: source.absentColumns,
    })
    return { source, ...drawn }
  } finally {
    await close()
  }
}
