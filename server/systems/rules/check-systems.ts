import { authorityKey } from './authorities.ts'
import { systemInputSchema, type SystemInput } from '../schema.ts'

export interface SystemProblem {
  row: number
  column: string
  message: string
}

export interface CheckedSystems {
  systems: SystemInput[]
  problems: SystemProblem[]
  warnings: SystemProblem[]
}

/** By `authorityKey`; regions as ONS writes them. */
interface Known {
  authorities: ReadonlySet<string>
  regions: ReadonlySet<string>
}

/** Each row against the contract and against the others. Only warnings: names that today's list of authorities (`known`) does not hold, since reviews may cover abolished ones. */
export function checkSystems(
  rows: readonly { row: number; value: unknown }[],
  known: readonly { name: string; region: string }[],
): CheckedSystems {
  const names: Known = {
    authorities: new Set(known.map(({ name }) => authorityKey(name))),
    regions: new Set(known.map(({ region }) => region)),
  }
  const checked: CheckedSystems = { systems: [], problems: [], warnings: [] }
  const rowOfCode = new Map<string, number>()
  const rowOfAuthority = new Map<string, number>()
  for (const { row, value } of rows) {
    const result = systemInputSchema.safeParse(value)
    if (!result.success) {
      checked.problems.push(
        ...result.error.issues.map((issue) => ({ row, column: String(issue.path[0] ?? ''), message: issue.message })),
      )
      continue
    }
    const system = {
      ...result.data,
      authorities: result.data.authorities.length > 0 ? result.data.authorities : [result.data.name],
    }
    const earlier = rowOfCode.get(system.code.toLowerCase())
    if (earlier !== undefined)
      checked.problems.push({ row, column: 'code', message: `"${system.code}" is in row ${earlier} already` })
    rowOfCode.set(system.code.toLowerCase(), row)
    checked.problems.push(...repeatedAuthorities(system, row))
    checked.warnings.push(...warningsOf(system, { row, rowOfAuthority, names }))
    checked.systems.push(system)
  }
  return checked
}

function repeatedAuthorities({ authorities }: SystemInput, row: number): SystemProblem[] {
  const repeated = authorities.filter(
    (name, index) => authorities.findIndex((other) => authorityKey(other) === authorityKey(name)) < index,
  )
  return repeated.map((name) => ({ row, column: 'local_authorities', message: `"${name}" is there twice` }))
}

function warningsOf(
  system: SystemInput,
  { row, rowOfAuthority, names }: { row: number; rowOfAuthority: Map<string, number>; names: Known },
): SystemProblem[] {
  const warnings: SystemProblem[] = []
  if (!names.regions.has(system.region))
    warnings.push({ row, column: 'region', message: `"${system.region}" is not a region of England as ONS writes it` })
  for (const name of system.authorities) {
    const key = authorityKey(name)
    const earlier = rowOfAuthority.get(key)
    if (!names.authorities.has(key))
      warnings.push({ row, column: 'local_authorities', message: `"${name}" is not one of today's 153 authorities` })
    if (earlier !== undefined && earlier !== row)
      warnings.push({ row, column: 'local_authorities', message: `"${name}" is in the system of row ${earlier} too` })
    rowOfAuthority.set(key, row)
  }
  return warnings
}
