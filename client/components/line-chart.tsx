interface Series {
  name: string
  /** One for each place along the axis, from 0. */
  values: readonly number[]
}

interface LineChartProps {
  caption: string
  /** What the first and the last place stand for. */
  from: string
  to: string
  series: readonly Series[]
  formatTick: (value: number) => string
}

const height = 200
const headroom = 24

/**
 * Up to three lines over equal steps, told apart by their dashes. Places along the axis are given in percent, as in `DotChart`, so that
 * words keep their size at 320 px. A table of the same numbers stands beside it.
 */
export function LineChart({ caption, from, to, series, formatTick }: LineChartProps) {
  const max = roundUp(Math.max(1, ...series.flatMap(({ values }) => values)))
  const steps = Math.max(1, (series[0]?.values.length ?? 0) - 1)
  const x = (place: number) => `${(place / steps) * 100}%`
  const y = (value: number) => headroom + (1 - value / max) * height
  return (
    <figure className="app-chart app-line-chart">
      <figcaption className="govuk-heading-s">{caption}</figcaption>
      <p className="govuk-body-s">The table below holds the same numbers.</p>
      <div aria-hidden="true">
        <ul className="govuk-list app-line-chart__key">
          {series.map(({ name }, index) => (
            <li key={name}>
              <svg width="40" height="12" focusable="false">
                <line className={lineClass(index)} x1="0" x2="40" y1="6" y2="6" />
              </svg>{' '}
              {name}
            </li>
          ))}
        </ul>
        <svg className="app-chart__strip" width="100%" height={headroom + height + 30} focusable="false">
          {[0, max / 2, max].map((tick) => (
            <g key={tick}>
              <line className="app-chart__grid" x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
              {Number.isInteger(tick) ? (
                <text className="app-chart__tick" x="0" y={y(tick) - 5}>
                  {formatTick(tick)}
                </text>
              ) : null}
            </g>
          ))}
          {/* Stretched, so that a line of any length is one stroke and its dashes stay even. */}
          <svg
            y={headroom}
            width="100%"
            height={height}
            viewBox={`0 0 ${steps} ${max}`}
            preserveAspectRatio="none"
            overflow="visible"
          >
            {series.map(({ name, values }, index) => (
              <polyline
                key={name}
                className={lineClass(index)}
                vectorEffect="non-scaling-stroke"
                points={values.map((value, place) => `${place},${max - value}`).join(' ')}
              />
            ))}
          </svg>
          {series.map(({ name, values }) =>
            values.length > 0 ? (
              <circle key={name} className="app-chart__dot" cx={x(values.length - 1)} cy={y(values.at(-1)!)} r="4" />
            ) : null,
          )}
          <text className="app-chart__tick" x="0" y={headroom + height + 20}>
            {from}
          </text>
          {from === to ? null : (
            <text className="app-chart__tick" x="100%" y={headroom + height + 20} textAnchor="end">
              {to}
            </text>
          )}
        </svg>
      </div>
    </figure>
  )
}

const lineClass = (index: number) => `app-line-chart__line app-line-chart__line--${index + 1}`

/** The next of 1, 2, 4, 10, 20, 40, 100 … */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return power * ([1, 2, 4, 10].find((step) => step * power >= value) ?? 10)
}
