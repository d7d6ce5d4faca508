export interface Matched<Item> {
  added: Item[]
  removed: Item[]
  /** In both, in the new order. */
  kept: { before: Item; after: Item; moved: boolean }[]
}

/** Which items of a list came, went, and changed their order; as few as possible are said to have moved. */
export function matchLists<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): Matched<Item> {
  const was = new Map(before.map((item) => [keyOf(item), item]))
  const is = new Map(after.map((item) => [keyOf(item), item]))
  const places = [...was.keys()]
  const common = [...is.keys()].filter((key) => was.has(key))
  const inOrder = longestRising(common.map((key) => places.indexOf(key)))
  return {
    added: [...is].filter(([key]) => !was.has(key)).map(([, item]) => item),
    removed: [...was].filter(([key]) => !is.has(key)).map(([, item]) => item),
    kept: common.map((key, index) => ({ before: was.get(key)!, after: is.get(key)!, moved: !inOrder.has(index) })),
  }
}

/** The indexes of one longest rising run of a list of different numbers, not necessarily next to each other. */
function longestRising(numbers: readonly number[]): Set<number> {
  const best = numbers.map(() => ({ length: 1, from: -1 }))
  for (const [index, number] of numbers.entries())
    for (let earlier = 0; earlier < index; earlier++)
      if (numbers[earlier]! < number && best[earlier]!.length + 1 > best[index]!.length)
        best[index] = { length: best[earlier]!.length + 1, from: earlier }
  const run = new Set<number>()
  const longest = Math.max(0, ...best.map(({ length }) => length))
  let at = best.findIndex(({ length }) => length === longest)
  while (at >= 0) {
    run.add(at)
    at = best[at]!.from
  }
  return run
}
