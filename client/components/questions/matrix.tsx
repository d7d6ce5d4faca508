import type { ItemValue, QuestionMatrixModel } from 'survey-core'
import { use } from 'react'
import { ErrorMessage, Group } from './group.tsx'
import { QuestionErrorsContext, type RendererProps } from './question-context.ts'

/** Statements on a scale: one fieldset each, side by side where there is room, one below the other where there is not. */
export function Matrix({ question }: RendererProps) {
  const matrix = question as QuestionMatrixModel
  const columns = matrix.columns as ItemValue[]
  const rows = matrix.rows as ItemValue[]
  return (
    <Group question={question}>
      {rows.map((row) => (
        <Statement key={String(row.value)} matrix={matrix} row={row} columns={columns} />
      ))}
    </Group>
  )
}

function Statement({ matrix, row, columns }: { matrix: QuestionMatrixModel; row: ItemValue; columns: ItemValue[] }) {
  const place = `${matrix.name}.${String(row.value)}`
  const error = use(QuestionErrorsContext)[place]
  const answers = (matrix.value ?? {}) as Record<string, unknown>
  const answer = answers[String(row.value)]
  const errorId = error ? `${place}-error` : undefined
  return (
    <div className={`govuk-form-group app-statement${error ? ' govuk-form-group--error' : ''}`}>
      <fieldset className="govuk-fieldset" aria-describedby={errorId}>
        <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">{row.text}</legend>
        {errorId ? <ErrorMessage id={errorId}>{error}</ErrorMessage> : null}
        <div className="govuk-radios govuk-radios--small app-scale">
          {columns.map((column, index) => {
            const id = index === 0 ? place : `${place}-${index + 1}`
            return (
              <div key={String(column.value)} className="govuk-radios__item">
                <input
                  className="govuk-radios__input"
                  id={id}
                  name={place}
                  type="radio"
                  value={String(column.value)}
                  checked={answer === column.value}
                  onChange={() => {
                    matrix.value = { ...answers, [String(row.value)]: column.value as unknown }
                  }}
                />
                <label className="govuk-label govuk-radios__label" htmlFor={id}>
                  {column.text}
                </label>
              </div>
            )
          })}
        </div>
      </fieldset>
    </div>
  )
}
