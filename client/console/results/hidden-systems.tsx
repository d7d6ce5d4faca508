import type { IndicatorCell } from '../../../server/results/schema.ts'
import { Table } from '../../components/table.tsx'
import { sharesInWords } from './figures.ts'
import type { LoadedResults } from './load.ts'

interface HiddenSystemsProps {
  loaded: LoadedResults
  cells: readonly IndicatorCell[]
  /** The same indicator by region; undefined where the split is not by system. */
  regionCells: readonly IndicatorCell[] | undefined
}

/** What can be said in the place of a hidden system: the figure of its region. */
export function HiddenSystems({ loaded, cells, regionCells }: HiddenSystemsProps) {
  const codes = cells.filter(({ suppressed }) => suppressed).flatMap(({ cell }) => Object.values(cell))
  const hidden = loaded.collection.systems.filter(({ code }) => codes.includes(code))
  if (!regionCells || hidden.length === 0) return null
  const regionOf = (region: string) =>
    regionCells.find(({ cell, label }) => label === region || Object.values(cell).includes(region))
  return (
    <Table
      caption="Hidden systems: the figures of their regions"
      rows={hidden}
      rowKey={({ code }) => code}
      columns={[
        { head: 'System', cell: ({ name }) => name },
        { head: 'Region', cell: ({ region }) => region },
        { head: 'Share in the region', numeric: true, cell: ({ region }) => inWords(regionOf(region)).percent },
        { head: '95% interval', numeric: true, cell: ({ region }) => inWords(regionOf(region)).interval },
        { head: 'Base', numeric: true, cell: ({ region }) => inWords(regionOf(region)).base },
      ]}
    />
  )
}

const inWords = (cell: IndicatorCell | undefined) =>
  !cell || cell.suppressed ? { percent: 'Hidden', interval: '', base: '' } : { ...sharesInWords(cell), base: cell.base }
