import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import { compileCache } from '../compile-cache.ts'
import { countMessagesThatAre, withStored } from './stored-on-disk.ts'

const root = join(import.meta.dirname, '../..')

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise<void>((resolve) => probe.close(() => resolve()))
  return port
}

export interface Installation {
  folder: string
  address: string
  /** Runs the command line with `--json` and returns what it printed. Throws with its standard error where it fails. */
  cli: (...args: string[]) => Promise<unknown>
  /** Waits until the server has noted which messages were handed over, which it does a moment after they have arrived. */
  everythingNoted: () => Promise<void>
  /** Stops the server and starts it again, with a clock that begins at this moment (ISO). */
  moveTo: (moment: string) => Promise<void>
  stop: () => Promise<void>
}

/** Settings of the installation, and the moment at which its clock begins; by default the present. */
interface Options {
  settings?: Record<string, string>
  moment?: string
}

/** The software as it is installed: a server process over a scratch data folder, and its command line. */
export async function startInstallation({ settings = {}, moment }: Options = {}): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-'))
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const env = { ...compileCache, DATA_DIR: folder, PORT: String(port), LOG_LEVEL: 'warn', ...settings }
  let clock = clockFrom(moment)
  let server = await startServer(clock, env, address)
  const cli = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [...clock, 'server/cli.ts', ...args, '--json'], {
      cwd: root,
      env,
      maxBuffer: 1 << 26,
    })
    return JSON.parse(stdout) as unknown
  }
  const everythingNoted = async () => {
    await withStored(folder, (db) => expect.poll(() => countMessagesThatAre(db, 'sending')).toBe(0))
  }
  const end = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill()
    await ended
  }
  const moveTo = async (later: string) => {
    await end()
    clock = clockFrom(later)
    server = await startServer(clock, env, address)
  }
  const stop = async () => {
    await end()
    rmSync(folder, { recursive: true })
  }
  return { folder, address, cli, everythingNoted, moveTo, stop }
}

const clockFrom = (moment: string | undefined) =>
  moment === undefined
    ? []
    : ['--import', `${pathToFileURL(join(import.meta.dirname, 'moved-clock.ts'))}?from=${moment}`]

async function startServer(clock: string[], env: Record<string, string>, address: string): Promise<ChildProcess> {
  const server = spawn(process.execPath, [...clock, 'server/main.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (chunk) => said.push(String(chunk)))
    server.stdout.on('data', (chunk) => String(chunk).includes(address) && resolve())
    server.once('exit', () => reject(new Error(`The server stopped: ${said.join('')}`)))
  })
  return server
}
