import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { HiddenSystems } from '../../../../client/console/results/hidden-systems.tsx'
import type { LoadedResults } from '../../../../client/console/results/load.ts'
import type { IndicatorCell } from '../../../../server/results/schema.ts'

const systems = [
  { code: 'york', name: 'York', region: 'Yorkshire and The Humber' },
  { code: 'bath', name: 'Bath', region: 'South West' },
  { code: 'leeds', name: 'Leeds', region: 'Yorkshire and The Humber' },
]
const loaded = { collection: { systems } } as LoadedResults
const figures = {
  suppressed: false as const,
  base: 100,
  count: 29,
  percent: 29,
  low: 21,
  high: 38.5,
  population: null,
  dontKnow: 0,
  notApplicable: 0,
  notAsked: 0,
  missing: 0,
  differs: null,
  weighted: null,
}
const cells: IndicatorCell[] = [
  { cell: {}, label: 'All responses', ...figures },
  { cell: { system: 'york' }, label: 'York', suppressed: true },
  { cell: { system: 'bath' }, label: 'Bath', suppressed: true },
  { cell: { system: 'leeds' }, label: 'Leeds', ...figures },
]
const regionCells: IndicatorCell[] = [
  { cell: { region: 'Yorkshire and The Humber' }, label: 'Yorkshire and The Humber', ...figures },
  { cell: { region: 'South West' }, label: 'South West', suppressed: true },
]
const wordsOf = (markup: string) =>
  [...markup.matchAll(/<tr[^>]*><th scope="row".*?<\/tr>/g)].map((row) =>
    [...row[0].matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map((cell) => cell[1]),
  )

test('a hidden system is shown with the figure of its region, unless that is hidden too', () => {
  const markup = renderToStaticMarkup(<HiddenSystems loaded={loaded} cells={cells} regionCells={regionCells} />)
  expect(wordsOf(markup)).toEqual([
    ['York', 'Yorkshire and The Humber', '29%', '21% to 39%', '100'],
    ['Bath', 'South West', 'Hidden', '', ''],
  ])
})

test('where no system is hidden, or the split is another one, nothing is added', () => {
  expect(renderToStaticMarkup(<HiddenSystems loaded={loaded} cells={cells.slice(3)} regionCells={regionCells} />)).toBe(
    '',
  )
  expect(renderToStaticMarkup(<HiddenSystems loaded={loaded} cells={cells} regionCells={undefined} />)).toBe('')
})
