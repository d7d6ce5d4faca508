interface ChartRow {
  key: string
  label: string
  /** In the units of the axis; without it the row says "Hidden". */
  value?: number
  low?: number | null
  high?: number | null
  /** The value in words, as the table has it. */
  text?: string
  strong?: boolean
}

interface DotChartProps {
  caption: string
  rows: readonly ChartRow[]
  min: number
  max: number
  ticks: readonly number[]
  formatTick: (tick: number) => string
}

/**
 * A dot with its interval for each row. Drawn by hand: Observable Plot injects a style block, which the security policy refuses, and places
 * are given in percent here, so that words stay readable at 320 px. A table of the same numbers stands beside it.
 */
export function DotChart({ caption, rows, min, max, ticks, formatTick }: DotChartProps) {
  const place = (value: number) => `${((value - min) / (max - min)) * 100}%`
  return (
    <figure className="app-chart">
      <figcaption className="govuk-heading-s">{caption}</figcaption>
      <p className="govuk-body-s">
        The dot is the figure, the line its 95% interval. The table holds the same numbers.
      </p>
      <div aria-hidden="true">
        {rows.map((row) => (
          <div className={`app-chart__row${row.strong ? ' app-chart__row--strong' : ''}`} key={row.key}>
            <span className="app-chart__label">{row.label}</span>
            <svg className="app-chart__strip" width="100%" height="28" focusable="false">
              {ticks.map((tick) => (
                <line key={tick} className="app-chart__grid" x1={place(tick)} x2={place(tick)} y1="0" y2="28" />
              ))}
              {row.value === undefined ? null : <Mark value={row.value} low={row.low} high={row.high} place={place} />}
            </svg>
            <span className="app-chart__text">{row.value === undefined ? 'Hidden' : row.text}</span>
          </div>
        ))}
        <div className="app-chart__row app-chart__axis">
          <span className="app-chart__label" />
          <svg className="app-chart__strip" width="100%" height="22" focusable="false">
            {ticks
              .filter((_, index) => index % 2 === 0)
              .map((tick) => (
                <text
                  key={tick}
                  className="app-chart__tick"
                  x={place(tick)}
                  y="16"
                  textAnchor={tick === min ? 'start' : tick === max ? 'end' : 'middle'}
                >
                  {formatTick(tick)}
                </text>
              ))}
          </svg>
          <span />
        </div>
      </div>
    </figure>
  )
}

function Mark({
  value,
  low,
  high,
  place,
}: Pick<ChartRow, 'low' | 'high'> & { value: number; place: (value: number) => string }) {
  const interval = typeof low === 'number' && typeof high === 'number'
  return (
    <>
      {interval ? <line className="app-chart__interval" x1={place(low)} x2={place(high)} y1="14" y2="14" /> : null}
      {interval
        ? [low, high].map((end, index) => (
            <line key={index} className="app-chart__interval" x1={place(end)} x2={place(end)} y1="9" y2="19" />
          ))
        : null}
      <circle className="app-chart__dot" cx={place(value)} cy="14" r="6" />
    </>
  )
}
