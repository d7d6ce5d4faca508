import { Fieldset, type FieldProps } from './form-group.tsx'

const parts = ['day', 'month', 'year'] as const

/** Day, month and year typed into three fields, the first of which carries the id. Read by `dayOf`. */
export function DateInput({ defaultValue, ...field }: FieldProps & { defaultValue?: string }) {
  const [year, month, day] = (defaultValue ?? '').split('-')
  const defaults = { day, month, year }
  return (
    <Fieldset {...field}>
      <div className="govuk-date-input">
        {parts.map((part) => {
          const id = part === 'day' ? field.id : `${field.id}-${part}`
          return (
            <div className="govuk-date-input__item" key={part}>
              <div className="govuk-form-group">
                <label className="govuk-label govuk-date-input__label" htmlFor={id}>
                  {part[0]?.toUpperCase()}
                  {part.slice(1)}
                </label>
                <input
                  className={`govuk-input govuk-date-input__input govuk-input--width-${part === 'year' ? 4 : 2}${field.error ? ' govuk-input--error' : ''}`}
                  id={id}
                  name={`${field.id}-${part}`}
                  type="text"
                  inputMode="numeric"
                  autoComplete="off"
                  defaultValue={defaults[part]}
                />
              </div>
            </div>
          )
        })}
      </div>
    </Fieldset>
  )
}

const monthName = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' })
const months = Array.from({ length: 12 }, (_, month) => monthName.format(Date.UTC(2000, month)).toLowerCase())

/** The number of a month that was typed, also as its name or the first three letters or more of it; `0` where it is none. */
export function monthOf(typed: string): string {
  if (/^\d*$/.test(typed)) return typed
  return String(typed.length < 3 ? 0 : months.findIndex((name) => name.startsWith(typed.toLowerCase())) + 1)
}

/** What was typed as `2026-06-01`, whether or not there is such a day; undefined where nothing was. */
export function dayOf(fields: FormData, id: string): string | undefined {
  const [day = '', month = '', year = ''] = parts.map((part) => ((fields.get(`${id}-${part}`) ?? '') as string).trim())
  return day || month || year
    ? `${year.padStart(4, '0')}-${monthOf(month).padStart(2, '0')}-${day.padStart(2, '0')}`
    : undefined
}
