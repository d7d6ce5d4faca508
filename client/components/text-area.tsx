import { Labelled, type FieldProps } from './form-group.tsx'

interface TextAreaProps extends FieldProps {
  defaultValue?: string
  /** With `onChange`, in the place of `defaultValue`: the page keeps what is typed. */
  value?: string
  rows?: number
  onChange?: (value: string) => void
  /** When the field is left. */
  onLeave?: () => void
}

/** A field of many lines. */
export function TextArea({ defaultValue, value, rows = 12, onChange, onLeave, ...field }: TextAreaProps) {
  return (
    <Labelled {...field}>
      {(describedBy) => (
        <textarea
          {...(value === undefined ? { defaultValue } : { value })}
          className={`govuk-textarea${field.error ? ' govuk-textarea--error' : ''}`}
          id={field.id}
          name={field.id}
          rows={rows}
          aria-describedby={describedBy}
          onChange={onChange && ((event) => onChange(event.target.value))}
          onBlur={onLeave}
        />
      )}
    </Labelled>
  )
}
