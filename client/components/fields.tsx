import type { ReactNode } from 'react'
import { Fieldset, Labelled, type FieldProps } from './form-group.tsx'

interface Option {
  value: string
  label: ReactNode
  hint?: string
}

interface InputProps extends FieldProps {
  name?: string
  type?: 'text' | 'email' | 'number' | 'date' | 'search'
  defaultValue?: string
  /** With `onChange`, in the place of `defaultValue`: the page keeps what is typed. */
  value?: string
  width?: string
  autoComplete?: string
  readOnly?: boolean
  maxLength?: number
  onChange?: (value: string) => void
  /** When the field is left. */
  onLeave?: () => void
}

export function Input({
  name,
  type = 'text',
  defaultValue,
  value,
  width = '20',
  autoComplete = 'off',
  readOnly,
  maxLength,
  onChange,
  onLeave,
  ...field
}: InputProps) {
  return (
    <Labelled {...field}>
      {(describedBy) => (
        <input
          {...(value === undefined ? { defaultValue } : { value })}
          {...{ autoComplete, readOnly, maxLength }}
          // A number is typed as text: a browser gives nothing at all for "ten", which would be taken for an empty field.
          type={type === 'number' ? 'text' : type}
          className={`govuk-input govuk-input--width-${width}${field.error ? ' govuk-input--error' : ''}`}
          id={field.id}
          name={name ?? field.id}
          aria-describedby={describedBy}
          inputMode={type === 'number' ? 'numeric' : undefined}
          onChange={onChange && ((event) => onChange(event.target.value))}
          onBlur={onLeave}
        />
      )}
    </Labelled>
  )
}

export function FileInput({ accept, ...field }: FieldProps & { accept: string }) {
  return (
    <Labelled {...field}>
      {(describedBy) => (
        <input
          className={`govuk-file-upload${field.error ? ' govuk-file-upload--error' : ''}`}
          type="file"
          id={field.id}
          name={field.id}
          accept={accept}
          aria-describedby={describedBy}
        />
      )}
    </Labelled>
  )
}

interface ChoiceProps extends FieldProps {
  options: readonly Option[]
  inline?: boolean
  small?: boolean
}

export function Radios({
  options,
  inline,
  small,
  defaultValue,
  onChange,
  ...field
}: ChoiceProps & { defaultValue?: string; onChange?: (value: string) => void }) {
  return (
    <Fieldset {...field}>
      <div className={`govuk-radios${inline ? ' govuk-radios--inline' : ''}${small ? ' govuk-radios--small' : ''}`}>
        {options.map((option, index) => (
          <Choice
            {...option}
            key={option.value}
            index={index}
            kind="radio"
            name={field.id}
            checked={option.value === defaultValue}
            onChange={onChange && (() => onChange(option.value))}
          />
        ))}
      </div>
    </Fieldset>
  )
}

export function Checkboxes({
  options,
  small,
  defaultValues = [],
  ...field
}: ChoiceProps & { defaultValues?: readonly string[] }) {
  return (
    <Fieldset {...field}>
      <div className={`govuk-checkboxes${small ? ' govuk-checkboxes--small' : ''}`}>
        {options.map((option, index) => (
          <Choice
            {...option}
            key={option.value}
            index={index}
            kind="checkbox"
            name={field.id}
            checked={defaultValues.includes(option.value)}
          />
        ))}
      </div>
    </Fieldset>
  )
}

interface OneChoice extends Option {
  kind: 'radio' | 'checkbox'
  name: string
  index: number
  checked: boolean
  onChange?: () => void
}

function Choice({ kind, name, index, value, label, hint, checked, onChange }: OneChoice) {
  const block = kind === 'radio' ? 'govuk-radios' : 'govuk-checkboxes'
  // The error summary leads to the field's own identifier: that of the first choice.
  const id = index === 0 ? name : `${name}-${index + 1}`
  return (
    <div className={`${block}__item`}>
      <input
        className={`${block}__input`}
        type={kind}
        id={id}
        name={name}
        value={value}
        defaultChecked={checked}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={onChange}
      />
      <label className={`govuk-label ${block}__label`} htmlFor={id}>
        {label}
      </label>
      {hint ? (
        <div id={`${id}-hint`} className={`govuk-hint ${block}__hint`}>
          {hint}
        </div>
      ) : null}
    </div>
  )
}

/** One choice that stands alone. */
export function Checkbox({
  id,
  label,
  hint,
  checked,
  onChange,
}: FieldProps & { checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <div className="govuk-form-group app-checkbox">
      <div className="govuk-checkboxes govuk-checkboxes--small">
        <div className="govuk-checkboxes__item">
          <input
            className="govuk-checkboxes__input"
            type="checkbox"
            id={id}
            checked={checked}
            aria-describedby={hint ? `${id}-hint` : undefined}
            onChange={(event) => onChange(event.target.checked)}
          />
          <label className="govuk-label govuk-checkboxes__label" htmlFor={id}>
            {label}
          </label>
          {hint ? (
            <div id={`${id}-hint`} className="govuk-hint govuk-checkboxes__hint">
              {hint}
            </div>
          ) : null}
        </div>
      </div>
    </div>
  )
}

export function Select({
  options,
  value,
  onChange,
  ...field
}: ChoiceProps & { value: string; onChange: (value: string) => void }) {
  return (
    <Labelled {...field}>
      {(describedBy) => (
        <select
          className="govuk-select"
          id={field.id}
          name={field.id}
          value={value}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.target.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}
