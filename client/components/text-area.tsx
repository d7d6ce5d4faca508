import { Labelled, type FieldProps } from './form-group.tsx'

/** A field of many lines. */
export function TextArea({ defaultValue, rows = 12, ...field }: FieldProps & { defaultValue?: string; rows?: number }) {
  return (
    <Labelled {...field}>
      {(describedBy) => (
        <textarea
          className={`govuk-textarea${field.error ? ' govuk-textarea--error' : ''}`}
          id={field.id}
          name={field.id}
          rows={rows}
          defaultValue={defaultValue}
          aria-describedby={describedBy}
        />
      )}
    </Labelled>
  )
}
