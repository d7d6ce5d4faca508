import type { ReactNode } from 'react'
import { Fieldset, Labelled, type FieldProps } from './form-group.tsx'

export interface Option {
  value: string
  label: ReactNode
  hint?: string
}

interface InputProps extends FieldProps {
  name?: string
  type?: 'text' | 'email' | 'number' | 'date' | 'search'
  defaultValue?: string
  width?: string
  autoComplete?: string
  onChange?: (value: string) => void
}

export function Input({
  name,
  type = 'text',
  defaultValue,
  width = '20',
  autoComplete = 'off',
  onChange,
  ...field
}: InputProps) {
  return (
    <Labelled {...field}>
      {(describedBy) => (
        <input
          {...{ type, defaultValue, autoComplete }}
          className={`govuk-input govuk-input--width-${width}${field.error ? ' govuk-input--error' : ''}`}
          id={field.id}
          name={name ?? field.id}
          aria-describedby={describedBy}
          inputMode={type === 'number' ? 'numeric' : undefined}
          onChange={onChange && ((event) => onChange(event.target.value))}
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
        {options.map(({ value, label, hint }, index) => {
          const id = index === 0 ? field.id : `${field.id}-${index + 1}`
          return (
            <div className="govuk-radios__item" key={value}>
              <input
                className="govuk-radios__input"
                type="radio"
                id={id}
                name={field.id}
                value={value}
                defaultChecked={value === defaultValue}
                aria-describedby={hint ? `${id}-hint` : undefined}
                onChange={onChange && (() => onChange(value))}
              />
              <label className="govuk-label govuk-radios__label" htmlFor={id}>
                {label}
              </label>
              {hint ? (
                <div id={`${id}-hint`} className="govuk-hint govuk-radios__hint">
                  {hint}
                </div>
              ) : null}
            </div>
          )
        })}
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
        {options.map(({ value, label, hint }, index) => {
          const id = index === 0 ? field.id : `${field.id}-${index + 1}`
          return (
            <div className="govuk-checkboxes__item" key={value}>
              <input
                className="govuk-checkboxes__input"
                type="checkbox"
                id={id}
                name={field.id}
                value={value}
                defaultChecked={defaultValues.includes(value)}
                aria-describedby={hint ? `${id}-hint` : undefined}
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
          )
        })}
      </div>
    </Fieldset>
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
