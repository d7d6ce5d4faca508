/** A test whether a text, or anything within a value, holds one of the names: identifiers, addresses, names of services and people. */
export function mentionsAny(names: readonly (string | null)[]): (value: unknown) => boolean {
  const known = names.filter((name) => name !== null && name !== '') as string[]
  const words = new Set(known)
  const phrases = [...words].filter((name) => name.includes(' '))
  const inText = (text: string) =>
    words.has(text) ||
    text.split(/[^\p{L}\p{N}@._+-]+/u).some((word) => words.has(word.replace(/[.+-]+$/, ''))) ||
    phrases.some((phrase) => text.includes(phrase))
  const inValue = (value: unknown): boolean => {
    if (typeof value === 'string') return inText(value)
    return (
      value !== null &&
      typeof value === 'object' &&
      Object.entries(value).some(([key, item]) => inText(key) || inValue(item))
    )
  }
  return inValue
}
