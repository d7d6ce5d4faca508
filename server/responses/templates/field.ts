import { html, type Html } from '../../http/html.ts'
import type { Question } from '../../../surveys/question-set.ts'
import type { Fields } from '../rules/form-fields.ts'

/** All that the markup of a question depends on. */
export interface FieldOptions {
  fields: Fields
  /** Messages by place: `question` or `question.row`. */
  errors: ReadonlyMap<string, string>
  /** What the register says, by question. */
  hints: Readonly<Record<string, string>>
}

export const errorMessage = (id: string, message: string | undefined): Html | undefined =>
  message === undefined
    ? undefined
    : html`<p id="${id}-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span> ${message}</p>`

interface Words {
  hint: Html | undefined
  error: Html | undefined
  /** A whole attribute, or nothing. */
  describedBy: Html | undefined
  groupClass: string
}

/** The hint and the error of a question, and the ids that tie them to its controls. */
export function wordsAround(question: Question, { errors, hints }: FieldOptions, ...others: string[]): Words {
  const hint = [question.description, hints[question.name]].filter(Boolean).join(' ')
  const error = errors.get(question.name)
  const ids = [hint && `${question.name}-hint`, error && `${question.name}-error`, ...others].filter(Boolean).join(' ')
  return {
    hint: hint ? html`<div id="${question.name}-hint" class="govuk-hint">${hint}</div>` : undefined,
    error: errorMessage(question.name, error),
    describedBy: ids ? html` aria-describedby="${ids}"` : undefined,
    groupClass: `govuk-form-group${error ? ' govuk-form-group--error' : ''}`,
  }
}

/** A question answered by several controls: a fieldset whose legend is the question. */
export function group(question: Question, options: FieldOptions, controls: Html): Html {
  const { hint, error, describedBy, groupClass } = wordsAround(question, options)
  return html`<div class="${groupClass}"><fieldset class="govuk-fieldset"${describedBy}>
<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">${question.title}</legend>
${hint}${error}
${controls}
</fieldset></div>
`
}

/** A question answered by one control: a label. `others`: further ids that describe the control. */
export function labelled(
  question: Question,
  options: FieldOptions,
  control: (describedBy: Html | undefined, wrong: boolean) => Html,
  ...others: string[]
): Html {
  const { hint, error, describedBy, groupClass } = wordsAround(question, options, ...others)
  return html`<div class="${groupClass}"><label class="govuk-label govuk-label--m" for="${question.name}">${question.title}</label>
${hint}${error}
${control(describedBy, error !== undefined)}
</div>
`
}
