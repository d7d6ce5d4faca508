import { html, type Html } from '../../http/html.ts'
import type { Question } from '../../../surveys/question-set.ts'
import { group, labelled, type FieldOptions } from './field.ts'

const dateParts = [
  { part: 'day', label: 'Day', width: 2 },
  { part: 'month', label: 'Month', width: 2 },
  { part: 'year', label: 'Year', width: 4 },
]

/** A date as three fields. */
export function dateField(question: Question, options: FieldOptions): Html {
  const { name } = question
  const wrong = options.errors.has(name)
  const items = dateParts.map(({ part, label, width }, index) => {
    const id = index === 0 ? name : `${name}-${part}`
    return html`<div class="govuk-date-input__item"><div class="govuk-form-group"><label class="govuk-label govuk-date-input__label" for="${id}">${label}</label><input class="govuk-input govuk-date-input__input govuk-input--width-${width}${wrong && ' govuk-input--error'}" id="${id}" name="${name}-${part}" type="text" inputmode="numeric" value="${options.fields(`${name}-${part}`)[0]}"></div></div>
`
  })
  return group(
    question,
    options,
    html`<div class="govuk-date-input">
${items}</div>`,
  )
}

/** A number or one line of text. The limit is the server's: a browser that cuts off what is pasted loses words in silence. */
export function lineField(question: Question, options: FieldOptions, number: boolean): Html {
  const { name } = question
  return labelled(
    question,
    options,
    (describedBy, wrong) =>
      html`<input class="govuk-input${number && ' govuk-input--width-5'}${wrong && ' govuk-input--error'}" id="${name}" name="${name}" type="text"${number && html` inputmode="numeric"`} value="${options.fields(name)[0]}"${describedBy}>`,
  )
}

/** Several lines of text with the number of characters they may have. */
export function linesField(question: Question & { maxLength: number }, options: FieldOptions): Html {
  const { name, maxLength } = question
  return labelled(
    question,
    options,
    // HTML drops one line break after the opening tag: without ours it would be the person's.
    (
      describedBy,
      wrong,
    ) => html`<textarea class="govuk-textarea${wrong && ' govuk-textarea--error'}" id="${name}" name="${name}" rows="5"${describedBy}>
${options.fields(name)[0]}</textarea>
<div id="${name}-count" class="govuk-hint">You can enter up to ${maxLength} characters</div>`,
    `${name}-count`,
  )
}
