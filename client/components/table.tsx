import type { ReactNode } from 'react'

export interface Column<Row> {
  head: string
  cell: (row: Row) => ReactNode
  numeric?: boolean
}

interface TableProps<Row> {
  caption: string
  hideCaption?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Said instead of a table without rows. */
  empty?: string
}

/** A table whose first column names its rows. Too wide for a phone, it scrolls within a region that the keyboard reaches. */
export function Table<Row>({
  caption,
  hideCaption,
  columns,
  rows,
  rowKey,
  empty = 'There is nothing here.',
}: TableProps<Row>) {
  if (rows.length === 0) return <p className="govuk-body">{empty}</p>
  const cellClass = (kind: string, numeric?: boolean) =>
    `govuk-table__${kind}${numeric ? ` govuk-table__${kind}--numeric` : ''}`
  return (
    <div className="app-table-region" role="region" aria-label={caption} tabIndex={0}>
      <table className="govuk-table">
        <caption className={hideCaption ? 'govuk-visually-hidden' : 'govuk-table__caption govuk-table__caption--m'}>
          <span className="app-table__caption">{caption}</span>
        </caption>
        <thead className="govuk-table__head">
          <tr className="govuk-table__row">
            {columns.map(({ head, numeric }) => (
              <th key={head} scope="col" className={cellClass('header', numeric)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="govuk-table__body">
          {rows.map((row) => (
            <tr className="govuk-table__row" key={rowKey(row)}>
              {columns.map(({ head, cell, numeric }, index) =>
                index === 0 ? (
                  <th key={head} scope="row" className="govuk-table__header app-table__row-header">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={head} className={cellClass('cell', numeric)}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
