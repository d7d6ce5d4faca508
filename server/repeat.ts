export interface Repeated {
  /** Begins nothing new, and resolves once what is in hand is done. */
  stop(): Promise<void>
}

/** Runs `pass` at once and then every so many milliseconds, never two at a time, until stopped; `signal` tells a pass to come to an end. */
export function repeat(
  pass: (signal: AbortSignal) => Promise<unknown>,
  { everyMs, onError }: { everyMs: number; onError: (error: unknown) => void },
): Repeated {
  const stopping = new AbortController()
  let running: Promise<unknown> | undefined
  const run = () => {
    running ??= pass(stopping.signal)
      .catch(onError)
      .finally(() => (running = undefined))
  }
  const timer = setInterval(run, everyMs)
  run()
  return {
    stop: async () => {
      stopping.abort()
      clearInterval(timer)
      await running
    },
  }
}
