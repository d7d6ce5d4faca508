import type { ReactNode } from 'react'

export interface FieldProps {
  id: string
  label: string
  /** Where the place says what is asked for, as in a list: the label is read out and not shown. */
  hideLabel?: boolean
  hint?: ReactNode
  error?: string
}

const describedBy = ({ id, hint, error }: FieldProps) =>
  [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined

function Words({ id, hint, error }: FieldProps) {
  return (
    <>
      {hint ? (
        <div id={`${id}-hint`} className="govuk-hint">
          {hint}
        </div>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="govuk-error-message">
          <span className="govuk-visually-hidden">Error:</span> {error}
        </p>
      ) : null}
    </>
  )
}

const groupClass = (error?: string) => `govuk-form-group${error ? ' govuk-form-group--error' : ''}`

/** A label, a hint, an error, and one control that is given the ids that tie them together. */
export function Labelled({
  children,
  ...field
}: FieldProps & { children: (describedBy: string | undefined) => ReactNode }) {
  return (
    <div className={groupClass(field.error)}>
      <label
        className={`govuk-label ${field.hideLabel ? 'govuk-visually-hidden' : 'govuk-label--s'}`}
        htmlFor={field.id}
      >
        {field.label}
      </label>
      <Words {...field} />
      {children(describedBy(field))}
    </div>
  )
}

/** Several controls under one legend. The error summary leads to the first of them, which carries `id`. */
export function Fieldset({ children, ...field }: FieldProps & { children: ReactNode }) {
  return (
    <div className={groupClass(field.error)}>
      <fieldset className="govuk-fieldset" aria-describedby={describedBy(field)}>
        <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">{field.label}</legend>
        <Words {...field} />
        {children}
      </fieldset>
    </div>
  )
}
