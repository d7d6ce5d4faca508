// Names and codes of a file where they fit, and those that the editor would propose where they do not.
import { reservedNames } from '../../../surveys/checking/check-question-set.ts'
import { proposeCode, proposeName } from '../../../surveys/editing/propose-code.ts'
import { codeSchema, nameSchema, type Code } from '../../../surveys/question-set.ts'

/** Names that no question or page may have: those of the proposed plan, and of the columns of an import. */
export const reserved = ['region', ...reservedNames]

/** A name for each item, in their order: its own where that fits and is free, else made of its own or of `text`. `taken` grows by them. */
export function nameAll(items: readonly { own: string; text: string }[], taken: Set<string>): string[] {
  const kept = items.map(({ own }) => {
    const fits = nameSchema.safeParse(own).success && !taken.has(own)
    if (fits) taken.add(own)
    return fits
  })
  return items.map(({ own, text }, index) => {
    const name = kept[index] ? own : proposeName(telling(own, text), taken)
    taken.add(name)
    return name
  })
}

/** A code for each choice, row or column, in their order: its own value where that fits; 0 to 100 as numbers; else made of value or label. */
export function codeAll(items: readonly { value: unknown; text: string }[]): Code[] {
  const own = items.map(({ value }) => codeOf(value))
  const taken = new Set(own.filter((code) => code !== undefined))
  return items.map(({ value, text }, index) => {
    const code = own[index] ?? proposeCode(telling(String(value), text), taken)
    taken.add(code)
    return code
  })
}

/** The first of two texts, or of their beginnings, that has a letter of ours; else both. */
function telling(...texts: [string, string]): string {
  const short = texts.map((text) => text.slice(0, 300))
  return short.find((text) => /[a-z]/i.test(text.normalize('NFKD'))) ?? short.join(' ')
}

function codeOf(value: unknown): Code | undefined {
  if (value === 'constructor') return undefined
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const number = typeof value === 'string' && /^(0|[1-9]\d{0,2})$/.test(value) ? Number(value) : value
  const code = codeSchema.safeParse(number)
  return code.success ? code.data : undefined
}
