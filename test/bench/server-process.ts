import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = join(import.meta.dirname, '../..')

export interface ServerProcess {
  url: string
  /** Milliseconds of a core that it has used so far; undefined where the system does not tell (outside Linux). */
  usedMs(): number | undefined
  /** The most resident memory that it has held so far, in megabytes; undefined outside Linux. */
  peakMegabytes(): number | undefined
  /** SIGTERM, as a service manager would: it finishes what it has begun. */
  stop(): Promise<void>
  /** SIGKILL: it finishes nothing. */
  kill(): Promise<void>
}

/** The real server over `dataDir`, in a process of its own, ready to answer. */
export const startServer = (
  dataDir: string,
  port: number,
  nodeOptions: readonly string[] = [],
  env: Record<string, string> = {},
) =>
  startProcess(
    [...nodeOptions, 'server/main.ts'],
    { DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'error', ...env },
    `http://127.0.0.1:${port}/healthz`,
  )

/** The same machinery with nothing in it: what Express itself costs. */
export const startEmptyRoute = (port: number) =>
  startProcess(['test/bench/empty-route.ts', String(port)], {}, `http://127.0.0.1:${port}/`)

async function startProcess(
  args: readonly string[],
  env: Record<string, string>,
  readyUrl: string,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  const exited = once(child, 'exit')
  // Whatever stops us must not leave it behind.
  const endWithUs = () => child.kill('SIGKILL')
  process.once('exit', endWithUs)
  child.once('exit', () => process.off('exit', endWithUs))
  const end = async (signal: NodeJS.Signals) => {
    if (isRunning(child)) child.kill(signal)
    await exited
  }
  for (let waited = 0; !(await answers(readyUrl)); waited += 10) {
    if (!isRunning(child) || waited > 300_000) {
      await end('SIGKILL')
      throw new Error(`${args.join(' ')} did not start: ${complaints}`)
    }
    await sleep(10)
  }
  return {
    url: new URL(readyUrl).origin,
    usedMs: () => usedMs(child.pid),
    peakMegabytes: () => peakMegabytes(child.pid),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

function usedMs(pid: number | undefined): number | undefined {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return undefined
  // After the name in brackets, which may hold spaces: user and system time, the 14th and 15th field, in hundredths of a second.
  const fields = readFileSync(file, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}

function peakMegabytes(pid: number | undefined): number | undefined {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return undefined
  const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(file, 'utf8'))?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null

const answers = (url: string) =>
  fetch(url, { headers: { connection: 'close' } }).then(
    (response) => response.ok,
    () => false,
  )

/** A port that nothing listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
