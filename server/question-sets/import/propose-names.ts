import { codeSchema, nameSchema, type Code } from '../../../surveys/question-set.ts'

/** The longest name that leaves room for `_2` and so on. */
const longest = 56

/** A text as a name: `Very satisfied` as very_satisfied; empty where nothing of it can be in a name. */
export function toName(text: string): string {
  const letters = text
    .slice(0, 300)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
  return letters.slice(0, longest).replace(/_$/, '')
}

/** The first of a name, name_2, name_3 … that is not taken; takes it. */
export function takeName(name: string, taken: Set<string>): string {
  let free = name
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`
  taken.add(free)
  return free
}

const startingWithLetter = (name: string, prefix: string) => (/^[a-z]/.test(name) ? name : `${prefix}_${name}`)

/**
 * A name for each item, in their order: its own where that fits and is free, else one made of the first text that gives one, else
 * of `prefix` and the item's number. `taken` grows by them.
 */
export function nameAll(
  items: readonly { own: string; texts: readonly string[] }[],
  prefix: string,
  taken: Set<string>,
): string[] {
  const kept = items.map(({ own }) => {
    if (!nameSchema.safeParse(own).success || taken.has(own)) return undefined
    taken.add(own)
    return own
  })
  return items.map(({ own, texts }, index) => {
    const made = [own, ...texts].map(toName).filter((name) => name !== '')
    const name = made.find((name) => /^[a-z]/.test(name)) ?? made[0] ?? `${index + 1}`
    return kept[index] ?? takeName(startingWithLetter(name, prefix), taken)
  })
}

/** A code for each choice, row or column, in their order: its own value where that fits; 0 to 100 as numbers; else made of value or label. */
export function codeAll(items: readonly { value: unknown; text: string }[], prefix: string): Code[] {
  const own = items.map(({ value }) => codeOf(value))
  const taken = new Set(['constructor', ...own.flatMap((code) => (code === undefined ? [] : [String(code)]))])
  const texts = items.map(({ value, text }) => ({ own: value === 'constructor' ? '' : String(value), texts: [text] }))
  const made = nameAll(
    texts.filter((_, index) => own[index] === undefined),
    prefix,
    taken,
  )
  return own.map((code) => code ?? made.shift() ?? prefix)
}

function codeOf(value: unknown): Code | undefined {
  if (value === 'constructor') return undefined
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const number = typeof value === 'string' && /^(0|[1-9]\d{0,2})$/.test(value) ? Number(value) : value
  const code = codeSchema.safeParse(number)
  return code.success ? code.data : undefined
}
