import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { promisify } from 'node:util'
import { setTimeout as wait } from 'node:timers/promises'

/** The product under demonstration: its server in a process of its own, and its command line. */
export interface Service {
  url: string
  dataDir: string
  server: ChildProcess
  cli: (...args: string[]) => Promise<string>
}

export async function startService(dataDir: string): Promise<Service> {
  const port = process.env.PORT || '3000'
  const url = process.env.PUBLIC_URL ?? `http://127.0.0.1:${port}`
  const env = { ...process.env, DATA_DIR: dataDir, PORT: port, PUBLIC_URL: url, SMTP_URL: '', LOG_LEVEL: 'warn' }
  const server = spawn(process.execPath, ['server/main.ts'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const run = promisify(execFile)
  const cli = async (...args: string[]) =>
    (
      await run(process.execPath, ['server/cli.ts', ...args], { env, encoding: 'utf8', maxBuffer: 2 ** 28 })
    ).stdout.trim()
  for (let attempt = 0; attempt < 100; attempt++) {
    if (server.exitCode !== null) throw new Error('The server did not start.')
    const healthy = await fetch(`${url}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (healthy) return { url, dataDir, server, cli }
    await wait(100)
  }
  throw new Error('The server did not answer within ten seconds.')
}

/** Runs `work` over all items, several at a time, and says how far it is. */
export async function inParallel<T>(
  label: string,
  items: readonly T[],
  work: (item: T) => Promise<void>,
  width = 12,
): Promise<void> {
  let next = 0
  let done = 0
  const run = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) {
      await work(item)
      done += 1
      if (done % 100 === 0 || done === items.length) process.stdout.write(`\r  ${label}: ${done} of ${items.length}`)
    }
  }
  await Promise.all(Array.from({ length: width }, run))
  process.stdout.write('\n')
}
