// Names and codes are referred to by conditions and by the plan: what is renamed is renamed everywhere.
import { fromExpression, toExpression, type Condition, type ConditionTest } from '../condition.ts'
import type { AnalysisPlan, Code, Page, PageElement, Questions, QuestionSet } from '../question-set.ts'

/** Every condition of pages and questions, and the plan's, made anew by `change`. */
function changeConditions({ questions, plan }: QuestionSet, change: (expression: string) => string): QuestionSet {
  const changed = <T extends { visibleIf?: string | undefined }>(one: T): T =>
    one.visibleIf === undefined ? one : { ...one, visibleIf: change(one.visibleIf) }
  const pages = questions.pages.map((page): Page => ({
    ...changed(page),
    elements: page.elements.map(changed<PageElement>),
  }))
  const { notApplicableWhen } = plan
  return {
    questions: { ...questions, pages },
    plan: notApplicableWhen === undefined ? plan : { ...plan, notApplicableWhen: change(notApplicableWhen) },
  }
}

/** Every variable of the plan made anew by `change`. */
const changeVariables = (plan: AnalysisPlan, change: (variable: string) => string): AnalysisPlan => ({
  ...plan,
  indicators: plan.indicators.map((indicator) => ({ ...indicator, variable: change(indicator.variable) })),
  scales: plan.scales.map((scale) => ({
    ...scale,
    items: scale.items.map((item) => ({ ...item, variable: change(item.variable) })),
  })),
})

/** The set with a question's name changed, in conditions and plan too; the breakdown that an *about you* question makes goes with it. */
export function renameQuestion(set: QuestionSet, from: string, to: string): QuestionSet {
  const name = (one: string) => (one === from ? to : one)
  const variable = (one: string) => (one.startsWith(`${from}.`) ? `${to}${one.slice(from.length)}` : name(one))
  const { questions, plan } = changeConditions(set, (expression) =>
    expression.replaceAll(`{${from}}`, `{${to}}`).replaceAll(`{${from}.`, `{${to}.`),
  )
  const own = plan.breakdowns.some((one) => one.from === 'variable' && one.id === from && one.variable === from)
  const breakdown = (id: string) => (own ? name(id) : id)
  const planned = changeVariables(plan, variable)
  return {
    questions: {
      ...questions,
      pages: questions.pages.map((page) => ({
        ...page,
        elements: page.elements.map((element) => ({ ...element, name: name(element.name) })),
      })),
    },
    plan: {
      ...planned,
      breakdowns: planned.breakdowns.map((one) => ({
        ...one,
        id: breakdown(one.id),
        ...(one.variable === undefined ? {} : { variable: name(one.variable) }),
        ...(one.of === undefined ? {} : { of: breakdown(one.of) }),
      })),
      cross: [breakdown(planned.cross[0]), breakdown(planned.cross[1])],
      counted: planned.counted.map(name),
      narrative: planned.narrative.map(name),
    },
  }
}

export type CodeList = 'choices' | 'columns' | 'rows'

export interface CodedItem {
  value: Code
  text: string
  isExclusive?: boolean
}

/** Choices, answers or statements; none where the question has no such list. */
export const itemsOf = (element: PageElement, list: CodeList): CodedItem[] =>
  (element as unknown as Partial<Record<CodeList, CodedItem[]>>)[list] ?? []

/** The set with a code of a choice, answer or statement changed, in conditions and plan too. */
export function renameCode(set: QuestionSet, question: string, list: CodeList, from: Code, to: Code): QuestionSet {
  const element = set.questions.pages.flatMap((page) => page.elements).find(({ name }) => name === question)
  if (!element || from === to) return set
  const part = (variable: string) =>
    list !== 'columns' && variable === `${question}.${from}` ? `${question}.${to}` : variable
  const code = (one: Code) => (one === from ? to : one)
  const test = (one: ConditionTest): ConditionTest => {
    const ofQuestion = one.question.split('.')[0] === question
    return {
      ...one,
      question: list === 'rows' ? part(one.question) : one.question,
      values: ofQuestion && list !== 'rows' ? one.values.map(code) : one.values,
    }
  }
  const { questions, plan } = changeConditions(set, (expression) => changeTests(expression, test))
  const planned = changeVariables(plan, part)
  const counted = (variable: string) => list !== 'rows' && variable.split('.')[0] === question
  const breakdownsOfQuestion = planned.breakdowns.filter(({ variable }) => variable === question).map(({ id }) => id)
  return {
    questions: {
      ...questions,
      pages: questions.pages.map((page) => ({
        ...page,
        elements: page.elements.map((one) => (one.name === question ? recode(one, list, code) : one)),
      })),
    },
    plan: {
      ...planned,
      indicators: planned.indicators.map((indicator) =>
        // Of a question with several choices 1 is counted, which is no code of it.
        counted(indicator.variable) && element.type !== 'checkbox'
          ? { ...indicator, counts: indicator.counts.map(code) }
          : indicator,
      ),
      breakdowns: planned.breakdowns.map((breakdown) =>
        breakdown.groups && breakdownsOfQuestion.includes(breakdown.of ?? '')
          ? {
              ...breakdown,
              groups: breakdown.groups.map((group) => ({
                ...group,
                codes: group.codes.map((one) => String(code(one))),
              })),
            }
          : breakdown,
      ),
      states: list === 'rows' ? planned.states : renameState(planned.states, from, to),
    },
  }
}

function changeTests(expression: string, change: (test: ConditionTest) => ConditionTest): string {
  const condition = fromExpression(expression)
  // What is none of our conditions is left as it is: the check names what it refers to.
  if (!condition) return expression
  const changed: Condition =
    'all' in condition ? { all: condition.all.map(change) } : { any: condition.any.map(change) }
  return JSON.stringify(changed) === JSON.stringify(condition) ? expression : (toExpression(changed) ?? expression)
}

const recode = (element: PageElement, list: CodeList, code: (one: Code) => Code): PageElement => {
  return { ...element, [list]: itemsOf(element, list).map((item) => ({ ...item, value: code(item.value) })) }
}

// A state is a code of the whole set: another question may still have the old one, so that both mean it; what is unused goes when the edit settles.
function renameState({ dontKnow, notApplicable }: AnalysisPlan['states'], from: Code, to: Code) {
  const both = (codes: string[]) =>
    codes.includes(String(from)) && typeof to === 'string' ? [...new Set([...codes, to])] : codes
  return { dontKnow: both(dontKnow), notApplicable: both(notApplicable) }
}

/** `name` of each element, and `name.list.code` of each of its choices, statements and answers. */
export function listPublishedCodes({ pages }: Questions): string[] {
  const lists: CodeList[] = ['choices', 'columns', 'rows']
  return pages.flatMap((page) =>
    page.elements.flatMap((element) => [
      element.name,
      ...lists.flatMap((list) => itemsOf(element, list).map(({ value }) => `${element.name}.${list}.${value}`)),
    ]),
  )
}
