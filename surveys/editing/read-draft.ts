// A draft holds any JSON, complete or not. Here it gets the shape of a question set, with empty words where words are missing, so that it
// can be shown and edited; what has no shape of ours is kept as it stands.
import { isNote } from '../notes.ts'
import type { AnalysisPlan, PageElement, Question, Questions, QuestionSet } from '../question-set.ts'
import { questionKinds, type QuestionKind } from './question-templates.ts'
import { modeSchema } from '../modes.ts'

type Loose = Record<string, unknown>

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown) => (typeof value === 'string' ? value : '')
const list = (value: unknown): Loose[] => (Array.isArray(value) ? value.filter(isObject) : [])
const names = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []

/** The draft as the editor's functions take it. Unknown keys stay; `''` stands for words that are not there yet. */
export const readDraft = ({ questions, plan }: { questions: Loose; plan: Loose }): QuestionSet => ({
  questions: readQuestions(questions),
  plan: readPlan(plan),
})

function readQuestions(questions: Loose): Questions {
  const pages = list(questions.pages).map((page, at) => ({
    ...page,
    name: text(page.name) || `page_${at + 1}`,
    title: text(page.title),
    elements: list(page.elements).map(readElement),
  }))
  return { ...questions, title: text(questions.title), pages }
}

function readElement(element: Loose): PageElement {
  const items = (value: unknown) => list(value).map((item) => ({ ...item, text: text(item.text) }))
  const read: Loose = { ...element, name: text(element.name) }
  // It may have a heading, paragraphs or both: what is not there is left out.
  if (element.type === 'html') {
    for (const key of ['title', 'html']) if (typeof element[key] !== 'string') delete read[key]
    return read as PageElement
  }
  read.title = text(element.title)
  if (element.type === 'matrix') Object.assign(read, { columns: items(element.columns), rows: items(element.rows) })
  else if (['radiogroup', 'dropdown', 'checkbox'].includes(text(element.type)))
    Object.assign(read, { choices: items(element.choices) })
  return read as Question
}

function readPlan(plan: Loose): AnalysisPlan {
  const states = isObject(plan.states) ? plan.states : {}
  const [first, second] = names(plan.cross)
  return {
    ...plan,
    slug: text(plan.slug),
    mode: modeSchema.catch('personal').parse(plan.mode),
    minutes: typeof plan.minutes === 'number' ? plan.minutes : 10,
    states: { dontKnow: names(states.dontKnow), notApplicable: names(states.notApplicable) },
    breakdowns: list(plan.breakdowns) as AnalysisPlan['breakdowns'],
    cross: [first ?? '', second ?? ''],
    indicators: list(plan.indicators).map((indicator) => ({
      ...indicator,
      counts: Array.isArray(indicator.counts) ? indicator.counts : [],
    })) as AnalysisPlan['indicators'],
    scales: list(plan.scales).map((scale) => ({ ...scale, items: list(scale.items) })) as AnalysisPlan['scales'],
    counted: names(plan.counted),
    narrative: names(plan.narrative),
  }
}

/** What an element is called in an editor; undefined where its type is none of ours. */
export function kindOf(element: PageElement, plan: AnalysisPlan): { kind: QuestionKind; label: string } | undefined {
  const kind = findKind(element, plan)
  return questionKinds.find((one) => one.kind === kind)
}

function findKind(element: PageElement, plan: AnalysisPlan): QuestionKind | undefined {
  if (isNote(element)) return 'heading'
  const type = element.type as string
  if (plan.breakdowns.some(({ from, variable }) => from === 'variable' && variable === element.name)) return 'about_you'
  if (type === 'radiogroup') return isYesOrNo(element) ? 'yes_no' : 'single_choice'
  if (type === 'text') {
    const { inputType } = element as { inputType?: string }
    return inputType === 'number' ? 'number' : inputType === 'date' ? 'date' : 'short_text'
  }
  const kinds: Record<string, QuestionKind> = {
    checkbox: 'several_choices',
    dropdown: 'drop_down',
    matrix: 'statements',
    comment: 'long_text',
  }
  return Object.hasOwn(kinds, type) ? kinds[type] : undefined
}

const isYesOrNo = (element: Question) =>
  'choices' in element && ['yes', 'no'].every((code) => element.choices.some(({ value }) => value === code))
