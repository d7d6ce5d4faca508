import type { Note, Page, Question, Questions, AnalysisPlan } from '../../../surveys/question-set.ts'
import { conditionSentence, fromExpression, listValues } from '../../../surveys/condition.ts'
import { isNote, paragraphsOf } from '../../../surveys/notes.ts'
import { questionsByName, type QuestionsByName } from '../../../surveys/variables.ts'
import { html, type Html } from '../../http/html.ts'
import { page } from '../../http/page.ts'
import { modeOf } from '../../../surveys/modes.ts'

export interface PaperForm {
  version: number
  questions: Questions
  plan: Pick<AnalysisPlan, 'slug' | 'mode'>
}

/**
 * A version on paper: every question with boxes and lines, and beside each answer, small, the code that a csv of coded returns holds for it;
 * a question's column is beside its title.
 */
export function paperForm({ version, questions, plan }: PaperForm): Html {
  const byName = questionsByName(questions.pages.flatMap(({ elements }) => elements))
  const numberOf = new Map([...byName.keys()].map((name, index) => [name, index + 1]))
  return page({
    title: `Paper form: ${questions.title}`,
    styles: 'main',
    body: html`<div class="app-paper">
<h1 class="govuk-heading-l">${questions.title}</h1>
${questions.description && html`<p class="govuk-body">${questions.description}</p>`}
<p class="govuk-body">Taking part is your choice, and so is every question. Tick boxes like this: ☒. Please do not write the name of any person who uses a service.</p>
<div class="app-paper__office">
<p class="govuk-body-s"><strong>For the office</strong>: ${plan.slug}, version ${version}. One row of a csv for each form: the column
stands beside each question, the code beside each answer; several codes are joined by <code>;</code>, and what was left empty stays empty.</p>
<dl class="app-paper__keys">
${field('Code of the system', 'system')}
${modeOf(plan).invites && field('Location ID of the service', 'location_id')}
</dl>
</div>
${questions.pages.map((part) => section(part, byName, numberOf))}
<p class="govuk-body">Thank you.</p>
</div>`,
  })
}

const field = (label: string, column: string): Html =>
  html`<div><dt>${label} ${code(column)}</dt><dd class="app-paper__line"></dd></div>`

const code = (text: string | number): Html => html`<code class="app-paper__code">${text}</code>`

function section(part: Page, byName: QuestionsByName, numberOf: ReadonlyMap<string, number>): Html {
  return html`<section class="app-paper__section">
<h2 class="govuk-heading-m">${part.title}</h2>
${onlyWhen(part.visibleIf, byName, 'Answer this part only when')}
${part.description && html`<p class="govuk-body">${part.description}</p>`}
${part.elements.map((element) =>
  isNote(element) ? noteOnPaper(element, byName) : questionOnPaper(element, numberOf.get(element.name) ?? 0, byName),
)}
</section>`
}

/** A routing that cannot be said in a sentence is left to the office: answers that do not apply are refused at the import. */
function onlyWhen(expression: string | undefined, byName: QuestionsByName, opening: string): Html | undefined {
  const condition = expression === undefined ? undefined : fromExpression(expression)
  return condition && html`<p class="govuk-body"><em>${conditionSentence(condition, byName, opening)}</em></p>`
}

const noteOnPaper = (note: Note, byName: QuestionsByName): Html => html`<div>
${note.title !== undefined && html`<h3 class="govuk-heading-s">${note.title}</h3>`}
${onlyWhen(note.visibleIf, byName, 'Read this only when')}
${paragraphsOf(note).map((paragraph) => html`<p class="govuk-body">${paragraph}</p>`)}
</div>`

function questionOnPaper(question: Question, number: number, byName: QuestionsByName): Html {
  const column = question.type === 'matrix' ? undefined : question.name
  return html`<div class="app-paper__question" role="group" aria-labelledby="${question.name}-title">
<h3 class="govuk-heading-s" id="${question.name}-title">${number}. ${question.title} ${column && code(column)}</h3>
${onlyWhen(question.visibleIf, byName, 'Answer only when')}
${question.description && html`<p class="govuk-body-s">${question.description}</p>`}
<p class="govuk-hint">${howToAnswer(question)}</p>
${answersOnPaper(question)}
</div>`
}

function howToAnswer(question: Question): string {
  switch (question.type) {
    case 'radiogroup':
    case 'dropdown':
      return 'Tick one.'
    case 'checkbox':
      return question.maxSelectedChoices === undefined
        ? 'Tick all that apply.'
        : `Tick ${question.maxSelectedChoices} at most.`
    case 'matrix':
      return 'Tick one in each row.'
    case 'comment':
      return `Write up to ${question.maxLength} letters.`
    case 'text':
      if (question.inputType === 'number') return `Write a whole number from ${question.min} to ${question.max}.`
      return question.inputType === 'date'
        ? 'Write a date: day, month, year.'
        : `Write up to ${question.maxLength} letters.`
  }
}

function answersOnPaper(question: Question): Html {
  if (question.type === 'matrix') return matrixOnPaper(question)
  if (question.type === 'comment')
    return html`${Array.from({ length: question.maxLength > 500 ? 8 : 4 }, () => html`<div class="app-paper__line"></div>`)}`
  if (question.type === 'text') return html`<div class="app-paper__line"></div>`
  const other = question.showOtherItem
  return html`<ul class="app-paper__choices">
${listValues(question).map(
  ({ value, text }) =>
    html`<li><span class="app-paper__box" aria-hidden="true">☐</span> ${text} ${code(value)}${
      other && value === 'other' && html` ${code(`${question.name}-Comment`)}<div class="app-paper__line"></div>`
    }</li>`,
)}
</ul>`
}

const matrixOnPaper = (
  question: Extract<Question, { type: 'matrix' }>,
): Html => html`<div class="app-table-region" role="region" aria-labelledby="${question.name}-title" tabindex="0"><table class="app-paper__matrix">
<thead><tr><td></td>${question.columns.map(({ value, text }) => html`<th scope="col">${text} ${code(value)}</th>`)}</tr></thead>
<tbody>${question.rows.map(
  (row) => html`<tr><th scope="row">${row.text} ${code(`${question.name}.${row.value}`)}</th>
${question.columns.map(() => html`<td><span aria-hidden="true">☐</span></td>`)}</tr>`,
)}</tbody>
</table></div>`
