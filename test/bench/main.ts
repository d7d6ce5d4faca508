// npm run bench: what the service costs, beside what its parts cost with nothing around them. `-- requests growth register` runs only
// those; `--profile=<folder>` leaves a CPU profile of the server. Speed never makes it fail; something that does not work does.
import '../../server/check-runtime.ts'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { aim, figure } from './figures.ts'
import { measureRegister } from './measure-register.ts'
import { measureBaselines, measureGrowth, measureSubmissions } from './measure-submissions.ts'
import { aimOfGrowth, aimsOfRequests, tableOfRequests } from './report-submissions.ts'

const profile = process.argv.find((argument) => argument.startsWith('--profile='))?.slice('--profile='.length)

const sections: Record<string, () => Promise<void>> = {
  async requests() {
    print('Answering: the server in one process, the load in another; WAL, synchronous=FULL throughout')
    const measured = [...(await measureBaselines()), ...(await measureSubmissions(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []))]
    print(tableOfRequests(measured), '', ...aimsOfRequests(measured))
  },
  async growth() {
    print('Answering beside stored responses, in turns, at 32 connections')
    print(aimOfGrowth(await measureGrowth()))
  },
  async register() {
    print('Reading a register of 30,000 rows')
    const { rows, contentBytes, seconds, peakMegabytes } = await measureRegister()
    print(aim(peakMegabytes < 300, `under 300 MB of resident memory: ${figure(peakMegabytes)} MB at most, ${figure(seconds)} s for ${rows.toLocaleString('en-GB')} rows (content.xml of ${figure(contentBytes / 1e6)} MB)`))
  },
}

function print(...lines: string[]): void {
  for (const line of lines) console.log(line)
}

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = wanted.find((name) => !Object.hasOwn(sections, name))
if (unknown !== undefined) throw new Error(`There is no part "${unknown}": ${Object.keys(sections).join(', ')}.`)

print(`Node ${process.version}, ${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), load before: ${loadavg()[0]?.toFixed(2)}`)
for (const [name, measure] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  print('')
  await measure()
}
