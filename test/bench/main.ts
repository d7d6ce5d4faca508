// npm run bench: what the service costs, beside what its parts cost with nothing around them. `-- requests growth` and the like
// runs only those parts; `--profile=<folder>` leaves a CPU profile of the server. Speed never makes it fail; something that does not work does.
import '../../server/check-runtime.ts'
import { spawnSync } from 'node:child_process'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { measureEditor, questions } from './editor.ts'
import { aim, figure, table } from './figures.ts'
import { measureRegister } from './measure-register.ts'
import { measureBaselines, measureGrowth, measureSubmissions } from './measure-submissions.ts'
import { aimsOfRequests, reportOfGrowth, tableOfRequests } from './report-submissions.ts'
import { measureOutbox, outboxSize } from './outbox.ts'
import { measureSnapshots, starts } from './snapshots.ts'
import { measureValidation } from './validate.ts'

const profile = process.argv.find((argument) => argument.startsWith('--profile='))?.slice('--profile='.length)

const parts: Record<string, () => Promise<void> | void> = {
  async requests() {
    title('Answering: the server in one process, the load in another; WAL, synchronous=FULL throughout')
    const measured = [
      ...(await measureBaselines()),
      ...(await measureSubmissions(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [])),
    ]
    print(tableOfRequests(measured), '', ...aimsOfRequests(measured))
  },
  async growth() {
    title('Answering beside stored responses, in turns, at 32 connections')
    print(...reportOfGrowth(await measureGrowth()))
  },
  async snapshots() {
    title('Snapshots: taken off the request thread, answered from by HTTP')
    const measured = await measureSnapshots()
    const rows = measured.map(({ responses, takeMs, firstP50Ms, slowestFirstMs, answerP50Ms, answerP95Ms }) => [
      responses.toLocaleString('en-GB'),
      ...[takeMs, firstP50Ms, slowestFirstMs, answerP50Ms, answerP95Ms].map(figure),
    ])
    const first = Math.max(...measured.map(({ slowestFirstMs }) => slowestFirstMs))
    const later = Math.max(...measured.map(({ answerP95Ms }) => answerP95Ms))
    const heads = ['responses', 'to take ms', 'first p50 ms', 'slowest first', 'later p50 ms', 'later p95 ms']
    print(table([heads, ...rows]), '')
    print(
      aim(
        first < 50 && later < 50,
        `answers from a snapshot under 50 ms whatever its size: the slowest first of ${starts} servers just started ${figure(first)} ms (beside one of them the command line took and released the snapshot), later ones ${figure(later)} ms at most (p95)`,
      ),
    )
  },
  async outbox() {
    title('The outbox: invitations queued in one action and handed to a mail server on this machine')
    const { queueSeconds, perSecond, peakMegabytes, queueingP95, sendingP95, dryRunMs } = await measureOutbox()
    const slowest = Math.max(queueingP95, sendingP95)
    print(
      aim(queueSeconds < 10, `${outboxSize.toLocaleString('en-GB')} queued in under 10 s: ${figure(queueSeconds)} s`),
      aim(perSecond >= 200, `200 a second or better handed over: ${figure(perSecond)}`),
      aim(
        peakMegabytes === undefined || peakMegabytes < 300,
        `under 300 MB of resident memory: ${peakMegabytes === undefined ? 'not known here' : `${figure(peakMegabytes)} MB at most`}`,
      ),
      aim(
        slowest < 100,
        `the console answering within 100 ms (p95): ${figure(queueingP95)} ms while queueing, ${figure(sendingP95)} ms while sending`,
      ),
      `a dry run of all: ${figure(dryRunMs)} ms`,
    )
  },
  async editor() {
    title(
      'The editor of question sets, in Chromium: from a key going down to the frame that shows the letter in the preview',
    )
    const { p50, p95, slowest } = await measureEditor()
    print(
      aim(
        p95 < 100,
        `keystroke to preview under 100 ms (p95) with ${questions} questions: ${figure(p95)} ms (p50 ${figure(p50)} ms, slowest ${figure(slowest)} ms)`,
      ),
    )
  },
  validation() {
    title("Validating one response, beside survey-core's own model")
    const { check, condition, compile, modelBuild, modelCached } = measureValidation()
    const rows = [
      ['the strict check', check],
      ['a condition', condition],
      ['to compile a definition, once a version', compile],
      ['a survey-core model that is kept', modelCached],
      ['to build such a model', modelBuild],
    ] as const
    print(table([['', 'µs'], ...rows.map(([what, microseconds]) => [what, figure(microseconds)])]))
  },
  async register() {
    title('Reading a register of 30,000 rows')
    const { rows, contentBytes, seconds, peakMegabytes } = await measureRegister()
    print(
      aim(
        peakMegabytes < 300,
        `under 300 MB of resident memory: ${figure(peakMegabytes)} MB at most, ${figure(seconds)} s for ${rows.toLocaleString('en-GB')} rows (content.xml of ${figure(contentBytes / 1e6)} MB)`,
      ),
    )
  },
}

const title = (text: string) => print(`${text} [${loadavg()[0]?.toFixed(1)}]`)

function print(...lines: string[]): void {
  for (const line of lines) console.log(line)
}

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = wanted.find((name) => !Object.hasOwn(parts, name))
if (unknown !== undefined) throw new Error(`There is no part "${unknown}": ${Object.keys(parts).join(', ')}.`)

/** Each part in a process of its own: what one leaves in memory must not weigh on the next. */
function runInTurn(names: readonly string[]): void {
  print(
    `Node ${process.version}, ${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}); what else runs on them counts too: the load is in brackets`,
  )
  for (const name of names) {
    print('')
    const { status } = spawnSync(
      process.execPath,
      [import.meta.filename, name, ...process.argv.slice(2).filter((argument) => argument.startsWith('--'))],
      { stdio: 'inherit' },
    )
    if (status !== 0) process.exitCode = 1
  }
}

if (wanted.length === 1) await parts[wanted[0]!]!()
else runInTurn(wanted.length > 0 ? wanted : Object.keys(parts))
