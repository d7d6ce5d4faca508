import { html, type Html } from '../../http/html.ts'
import type {
  AnalysisPlan,
  MatrixQuestion,
  OneChoiceQuestion,
  SeveralChoicesQuestion,
} from '../../../surveys/question-set.ts'
import { itemsOf, orBefore, otherText, type Item } from '../../../surveys/definition/choice-words.ts'
import { errorMessage, group, labelled, type FieldOptions } from './field.ts'

type States = AnalysisPlan['states']
type ChoiceQuestion = OneChoiceQuestion | SeveralChoicesQuestion

const idOf = (name: string, index: number) => (index === 0 ? name : `${name}-${index + 1}`)

interface Control {
  kind: 'radios' | 'checkboxes'
  type: 'radio' | 'checkbox'
}
const radios: Control = { kind: 'radios', type: 'radio' }
const checkboxes: Control = { kind: 'checkboxes', type: 'checkbox' }

function control(
  { kind, type }: Control,
  name: string,
  { value, text }: Item,
  index: number,
  chosen: readonly string[],
): Html {
  const id = idOf(name, index)
  return html`<div class="govuk-${kind}__item"><input class="govuk-${kind}__input" id="${id}" name="${name}" type="${type}" value="${value}"${chosen.includes(String(value)) && html` checked`}><label class="govuk-label govuk-${kind}__label" for="${id}">${text}</label></div>
`
}

/** What was typed beside *other*; without a script it cannot hide, so it always stands there. */
function otherField(question: ChoiceQuestion, { fields }: FieldOptions): Html | undefined {
  if (!question.showOtherItem) return undefined
  const id = `${question.name}-Comment`
  return html`<div class="govuk-form-group app-other"><label class="govuk-label" for="${id}">${otherText(question)}</label><input class="govuk-input" id="${id}" name="${id}" type="text" value="${fields(id)[0]}"></div>
`
}

/** Radios or check boxes, with "or" before the answers that are none of the others. */
export function choiceField(question: ChoiceQuestion, states: States, options: FieldOptions): Html {
  const shape = question.type === 'checkbox' ? checkboxes : radios
  const apart = orBefore(question, states)
  const chosen = options.fields(question.name)
  const items = itemsOf(question).map(
    (item, index) =>
      html`${
        item.value === apart &&
        html`<div class="govuk-${shape.kind}__divider">or</div>
`
      }${control(shape, question.name, item, index, chosen)}`,
  )
  return group(
    question,
    options,
    html`<div class="govuk-${shape.kind}">
${items}</div>${otherField(question, options)}`,
  )
}

export function selectField(question: OneChoiceQuestion, options: FieldOptions): Html {
  const chosen = options.fields(question.name)
  const items = itemsOf(question).map(
    ({
      value,
      text,
    }) => html`<option value="${value}"${chosen.includes(String(value)) && html` selected`}>${text}</option>
`,
  )
  const select = labelled(
    question,
    options,
    (
      describedBy,
      wrong,
    ) => html`<select class="govuk-select${wrong && ' govuk-select--error'}" id="${question.name}" name="${question.name}"${describedBy}>
<option value="">Choose an answer</option>
${items}</select>`,
  )
  return html`${select}${otherField(question, options)}`
}

/** Statements on a scale: a fieldset each, its choices stacked on a phone and side by side where there is room. */
export function matrixField(question: MatrixQuestion, options: FieldOptions): Html {
  const statements = question.rows.map((row) => {
    const place = `${question.name}.${row.value}`
    const error = options.errors.get(place)
    const items = question.columns.map((column, index) => control(radios, place, column, index, options.fields(place)))
    return html`<div class="govuk-form-group app-statement${error && ' govuk-form-group--error'}"><fieldset class="govuk-fieldset"${error && html` aria-describedby="${place}-error"`}>
<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${row.text}</legend>
${errorMessage(place, error)}<div class="govuk-radios govuk-radios--small app-scale">
${items}</div></fieldset></div>
`
  })
  return group(question, options, html`${statements}`)
}
