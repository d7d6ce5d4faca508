// A later snapshot may be released only if its differences from earlier ones are of no one person or small group.

/**
 * The keys whose published base differs from an earlier snapshot's by something other than 0 and less than k, sorted; none: it may be released.
 * Each map holds one snapshot's published (not hidden) bases by key of indicator or scale and cell. A cell that only one of two
 * snapshots publishes cannot be subtracted and is not compared.
 */
export function cellsTooClose(
  earlier: readonly ReadonlyMap<string, number>[],
  later: ReadonlyMap<string, number>,
  k: number,
): string[] {
  const tooClose = (key: string, base: number): boolean =>
    earlier.some((bases) => {
      const difference = Math.abs(base - (bases.get(key) ?? base))
      return difference > 0 && difference < k
    })
  return [...later]
    .filter(([key, base]) => tooClose(key, base))
    .map(([key]) => key)
    .sort()
}
