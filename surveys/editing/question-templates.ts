// New questions as an editor offers them, and the answers that stand apart: don't know, not applicable, other. Titles and choices are
// empty until someone writes them: that is a draft, which checks refuse to publish.
import { questionsOf } from '../notes.ts'
import type { AnalysisPlan, Code, PageElement, Question, Questions } from '../question-set.ts'
import { codesOf } from '../variables.ts'

export type QuestionKind =
  | 'single_choice'
  | 'several_choices'
  | 'drop_down'
  | 'statements'
  | 'yes_no'
  | 'number'
  | 'date'
  | 'short_text'
  | 'long_text'
  | 'about_you'
  | 'heading'

/** Every kind, in the order in which it is offered. */
export const questionKinds: { kind: QuestionKind; label: string; hint: string }[] = [
  { kind: 'single_choice', label: 'Single choice', hint: 'One answer from a list that is shown whole.' },
  { kind: 'several_choices', label: 'Several choices', hint: 'Any number of answers from a list.' },
  { kind: 'drop_down', label: 'Drop-down', hint: 'One answer from a long list.' },
  { kind: 'statements', label: 'Statements on a scale', hint: 'Statements that are all answered on the same scale.' },
  { kind: 'yes_no', label: 'Yes or no', hint: 'Yes, no, or don’t know.' },
  { kind: 'number', label: 'Number', hint: 'A whole number between two limits.' },
  { kind: 'date', label: 'Date', hint: 'A day, month and year. It is read, never counted.' },
  { kind: 'short_text', label: 'Short text', hint: 'One line. It is read, never counted.' },
  { kind: 'long_text', label: 'Long text', hint: 'Several lines, in their own words. It is read, never counted.' },
  { kind: 'about_you', label: 'About you', hint: 'One answer by which results are broken down, such as a role.' },
  { kind: 'heading', label: 'Heading or paragraph', hint: 'Text between questions. It is read, never answered.' },
]

const yesOrNo = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
]
const agreement = ['Strongly disagree', 'Disagree', 'Neither', 'Agree', 'Strongly agree'].map((text, index) => ({
  value: index + 1,
  text,
}))
const unwritten = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ value: `${name}_${index + 1}`, text: '' }))

/** A question of this kind without words, or a heading. `name`: one that is not taken (proposeName). */
export function makeQuestion(kind: Exclude<QuestionKind, 'heading'>, name: string): Question
export function makeQuestion(kind: QuestionKind, name: string): PageElement
export function makeQuestion(kind: QuestionKind, name: string): PageElement {
  const base = { name, title: '' }
  switch (kind) {
    case 'single_choice':
    case 'about_you':
      return { type: 'radiogroup', ...base, choices: unwritten('choice', 2) }
    case 'several_choices':
      return { type: 'checkbox', ...base, description: 'Choose all that apply.', choices: unwritten('choice', 2) }
    case 'drop_down':
      return { type: 'dropdown', ...base, choices: unwritten('choice', 2) }
    case 'statements':
      return { type: 'matrix', ...base, columns: [...agreement, apart.dontKnow], rows: unwritten('statement', 1) }
    case 'yes_no':
      return { type: 'radiogroup', ...base, choices: [...yesOrNo, apart.dontKnow] }
    case 'number':
      return { type: 'text', ...base, inputType: 'number', min: 0, max: 100 }
    case 'date':
      return { type: 'text', ...base, inputType: 'date' }
    case 'short_text':
      return { type: 'text', ...base, maxLength: 200 }
    case 'long_text':
      return { type: 'comment', ...base, maxLength: 2000 }
    case 'heading':
      return { type: 'html', ...base }
  }
}

/** The plan with a use for a new question of this kind: what is written is read, all else is counted, *about you* breaks down, a heading has none. */
export function planFor(kind: QuestionKind, { name }: PageElement, plan: AnalysisPlan): AnalysisPlan {
  if (kind === 'heading') return plan
  if (kind === 'about_you')
    return { ...plan, breakdowns: [...plan.breakdowns, { id: name, label: '', from: 'variable', variable: name }] }
  if (['date', 'short_text', 'long_text'].includes(kind)) return { ...plan, narrative: [...plan.narrative, name] }
  return { ...plan, counted: [...plan.counted, name] }
}

export type State = 'dontKnow' | 'notApplicable'

/** The answer by which each state is added to a question. */
const apart: Record<State, { value: string; text: string }> = {
  dontKnow: { value: 'dont_know', text: "Don't know" },
  notApplicable: { value: 'not_applicable', text: 'Does not apply' },
}

/** The codes that mean the state in this plan; the usual one means it in every plan. */
const codesFor = (state: State, plan: AnalysisPlan): Code[] => [apart[state].value, ...plan.states[state]]

export const hasState = (question: Question, state: State, plan: AnalysisPlan) =>
  codesOf(question).some((code) => codesFor(state, plan).includes(code))

/** With the state as its last answer, excluding the others where several may be chosen. Text, numbers and dates have no choices: unchanged. */
export function withState(question: Question, state: State, plan: AnalysisPlan): Question {
  if (hasState(question, state, plan)) return question
  if (question.type === 'matrix') return { ...question, columns: [...question.columns, apart[state]] }
  if (!('choices' in question)) return question
  const choice = question.type === 'checkbox' ? { ...apart[state], isExclusive: true } : apart[state]
  return { ...question, choices: [...question.choices, choice] }
}

/** Without every answer that means the state. */
export function withoutState(question: Question, state: State, plan: AnalysisPlan): Question {
  const stays = ({ value }: { value: Code }) => !codesFor(state, plan).includes(value)
  if (question.type === 'matrix') return { ...question, columns: question.columns.filter(stays) }
  return 'choices' in question ? { ...question, choices: question.choices.filter(stays) } : question
}

/** *Other, please say*, with a line to write on; where there are no choices, or one is called other already, unchanged. */
export function withOther(question: Question): Question {
  if (question.type === 'matrix' || !('choices' in question) || codesOf(question).includes('other')) return question
  return { ...question, showOtherItem: true, otherText: 'Other, please say' }
}

export function withoutOther(question: Question): Question {
  if (!('showOtherItem' in question)) return question
  const without = { ...question }
  delete without.showOtherItem
  delete without.otherText
  return without
}

/** The plan's states after its questions changed: the codes that a question has, the usual ones included. */
export function statesInUse(questions: Questions, plan: AnalysisPlan): AnalysisPlan['states'] {
  const used = new Set(questions.pages.flatMap(questionsOf).flatMap(codesOf))
  const keep = (state: State, other: State) =>
    [...new Set([...plan.states[state], apart[state].value])].filter(
      (code) => used.has(code) && (plan.states[state].includes(code) || !plan.states[other].includes(code)),
    )
  return { dontKnow: keep('dontKnow', 'notApplicable'), notApplicable: keep('notApplicable', 'dontKnow') }
}
