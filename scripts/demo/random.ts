/** A small seeded generator (mulberry32): the demonstration is the same every time. Not for anything that must be unguessable. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export function shuffle<T>(random: () => number, items: readonly T[]): T[] {
  const result = [...items]
  for (let index = result.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1))
    ;[result[index], result[other]] = [result[other] as T, result[index] as T]
  }
  return result
}

/** One of the items, each as likely as its weight says. */
export function pick<T>(random: () => number, weights: readonly (readonly [T, number])[]): T {
  let rest = random() * weights.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [item, weight] of weights) {
    rest -= weight
    if (rest < 0) return item
  }
  return (weights.at(-1) as readonly [T, number])[0]
}
