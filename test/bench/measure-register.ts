import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { readFrame } from '../../server/frame/import/read-frame.ts'
import { writeRegisterOds } from './register-ods.ts'

const measured = z.object({ rows: z.number(), drawn: z.number(), seconds: z.number(), peakMegabytes: z.number() })

export type RegisterMeasure = z.infer<typeof measured> & { contentBytes: number }

/** Draws a frame from a generated ods in a process of its own: seconds, and the most resident memory that process ever had (MB). */
export async function measureRegister(rows = 30_000): Promise<RegisterMeasure> {
  const folder = await mkdtemp(join(tmpdir(), 'footbridge-register-'))
  try {
    const file = join(folder, 'register.ods')
    const contentBytes = await writeRegisterOds(file, rows)
    const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, file])
    return { ...measured.parse(JSON.parse(stdout)), contentBytes }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function readHere(file: string): Promise<z.infer<typeof measured>> {
  const started = performance.now()
  const systems = ['Trafford', 'Bristol', 'Kent'].map((name) => ({
    code: name.toLowerCase(),
    name,
    region: 'Invented',
    authorities: [name],
  }))
  const { report } = await readFrame({ register: file, systems })
  const seconds = (performance.now() - started) / 1000
  return {
    rows: report.rowsRead,
    drawn: report.outcomes.drawn,
    seconds,
    peakMegabytes: peakKilobytes() / 1024,
  }
}

/** Of this process alone: what Linux reports as maxRSS begins with the memory of the process that started it. */
function peakKilobytes(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]
  return peak === undefined ? process.resourceUsage().maxRSS : Number(peak)
}

if (process.argv[1] === import.meta.filename && process.argv[2])
  console.log(JSON.stringify(await readHere(process.argv[2])))
