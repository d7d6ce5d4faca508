import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { IndicatorFigure } from '../../../../client/console/results/indicator-table.tsx'

const whole = {
  cell: {},
  label: 'All responses',
  suppressed: false as const,
  base: 449,
  count: 130,
  percent: 29,
  low: 25,
  high: 33.3,
  population: null,
  dontKnow: 3,
  notApplicable: 4,
  notAsked: 5,
  missing: 6,
  differs: null,
  weighted: null,
}
const hidden = { cell: { region: 'North West' }, label: 'North West', suppressed: true as const }
const rows = [
  { key: 'whole', label: whole.label, cell: whole },
  { key: 'nw', label: hidden.label, cell: hidden },
]
const markup = renderToStaticMarkup(<IndicatorFigure caption="By region" first="Region" rows={rows} />)
const cellsOf = (row: string) => [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map((match) => match[1])
const tableRows = [...markup.matchAll(/<tr[^>]*><th scope="row".*?<\/tr>/g)].map((match) => match[0])

test('a shown cell gives share, interval, count, base and the states beside it', () => {
  expect(cellsOf(tableRows[0] ?? '')).toEqual(['29%', '25% to 33%', '130', '449', '3', '4', '5', '6'])
})

test('a hidden cell says only that it is hidden, in the table and in the chart', () => {
  expect(cellsOf(tableRows[1] ?? '').filter((text) => text !== '')).toEqual(['Hidden'])
  expect(markup.match(/<circle/g)).toHaveLength(1)
})

test('the chart and the table need no inline style', () => {
  expect(markup).not.toContain('style=')
})

test('the table stands in a region that has a name and takes the focus', () => {
  expect(markup).toContain('role="region" aria-label="By region" tabindex="0"')
})
