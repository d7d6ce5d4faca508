// Given to a process by --import with ?from=<ISO time>: its clock begins at that moment and goes on from there, ten times as slowly
// as others, so that nothing that a minute brings comes while a busy machine is still at what was to come before.
const from = Date.parse(new URL(import.meta.url).searchParams.get('from') ?? '')
if (Number.isNaN(from)) throw new Error('Say from when: moved-clock.ts?from=2026-06-01T09:00:00Z')

const RealDate = Date
const started = performance.now()
const now = () => Math.floor(from + (performance.now() - started) / 10)

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
  get: (target, key, receiver) => (key === 'now' ? now : (Reflect.get(target, key, receiver) as unknown)),
})
