import { vi } from 'vitest'

/** Waits until nothing in `check` throws any more. Its limit is for what never comes: a busy machine may take many times as long as an idle one. */
export const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 60_000, interval: 20 })

/** Milliseconds of the processor that something takes on this thread: what else the machine is busy with does not count. */
export async function processorMs(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage()
  await work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
