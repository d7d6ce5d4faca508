import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

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
  stop: () => Promise<void>
}

/** The software as it is installed: a server process over a scratch data folder, and its command line. */
export async function startInstallation(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-'))
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const options = { cwd: root, env: { DATA_DIR: folder, PORT: String(port), LOG_LEVEL: 'warn' } }
  const server = spawn(process.execPath, ['server/main.ts'], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  const listening = new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (chunk) => said.push(String(chunk)))
    server.stdout.on('data', (chunk) => String(chunk).includes(address) && resolve())
    server.once('exit', () => reject(new Error(`The server stopped: ${said.join('')}`)))
  })
  await listening
  const cli = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, ['server/cli.ts', ...args, '--json'], {
      ...options,
      maxBuffer: 1 << 26,
    })
    return JSON.parse(stdout) as unknown
  }
  const stop = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill()
    await ended
    rmSync(folder, { recursive: true })
  }
  return { folder, address, cli, stop }
}
