// What an editor does to a question set. Every function gives a new set and leaves the one that it was given alone.
import { isNote, questionsOf } from '../notes.ts'
import type { AnalysisPlan, Code, Page, PageElement, Question, Questions, QuestionSet } from '../question-set.ts'
import { makeQuestion, planFor, statesInUse, type QuestionKind } from './question-templates.ts'
import { itemsOf, renameCode, renameQuestion, type CodeList } from './edit-references.ts'

/** A page, or an element on it, counted from 0. */
export interface Place {
  page: number
  element?: number
}

/** The set after an edit, and where to go on. */
export interface Edited {
  set: QuestionSet
  at: Place
}

export const pageAt = ({ questions }: QuestionSet, { page }: Place): Page | undefined => questions.pages[page]
export const elementAt = (set: QuestionSet, { page, element }: Place): PageElement | undefined =>
  element === undefined ? undefined : set.questions.pages[page]?.elements[element]

/** The element at a place where it is a question. */
export function questionAt(set: QuestionSet, at: Place): Question | undefined {
  const element = elementAt(set, at)
  return element && !isNote(element) ? element : undefined
}

const insert = <T>(items: readonly T[], index: number, item: T): T[] => items.toSpliced(index, 0, item)

/** Every name that a page, question or breakdown may not have again. */
export const namesOf = ({ questions: { pages }, plan }: QuestionSet): string[] => [
  ...pages.flatMap(({ name, elements }) => [name, ...elements.map((element) => element.name)]),
  ...plan.breakdowns.map(({ id }) => id),
]

/** What the name of a new element begins with. */
const prefixOf = (element: PageElement) => (isNote(element) ? 'text' : 'question')

function freeName(set: QuestionSet, prefix: string): string {
  const taken = new Set(namesOf(set))
  let number = 1
  while (taken.has(`${prefix}_${number}`)) number += 1
  return `${prefix}_${number}`
}

const withPages = (set: QuestionSet, pages: Page[]): QuestionSet =>
  settle({ ...set, questions: { ...set.questions, pages } })

const withElements = (set: QuestionSet, page: number, elements: PageElement[]): QuestionSet =>
  withPages(
    set,
    set.questions.pages.map((one, index) => (index === page ? { ...one, elements } : one)),
  )

/** States as the questions have them, and a use for every question: what is written is read, all else is counted. */
export function settle({ questions, plan }: QuestionSet): QuestionSet {
  const asked = questions.pages.flatMap(questionsOf)
  const names = new Set(asked.map(({ name }) => name))
  const computed = new Set(
    [...plan.indicators, ...plan.scales.flatMap(({ items }) => items), ...plan.breakdowns].map(
      ({ variable }) => variable?.split('.')[0],
    ),
  )
  const read = plan.narrative.filter((name) => names.has(name) && !computed.has(name))
  const counted = plan.counted.filter((name) => names.has(name))
  const unused = asked.filter(({ name }) => ![...read, ...counted].includes(name) && !computed.has(name))
  return {
    questions,
    plan: {
      ...plan,
      states: statesInUse(questions, plan),
      counted: [...counted, ...unused.filter((element) => !isWritten(element)).map(({ name }) => name)],
      narrative: [...read, ...unused.filter(isWritten).map(({ name }) => name)],
    },
  }
}

/** Whether it is answered in words or by a day, which are read and never counted. */
export const isWritten = (element: Question): boolean =>
  element.type === 'comment' || (element.type === 'text' && element.inputType !== 'number')

/** A page after the place, empty. */
export function addPage(set: QuestionSet, { page }: Place): Edited {
  const name = freeName(set, 'page')
  return {
    set: withPages(set, insert(set.questions.pages, page + 1, { name, title: '', elements: [] })),
    at: { page: page + 1 },
  }
}

/** A question, heading or paragraph without words: after the one at the place, or last on the page. */
export function addElement(set: QuestionSet, kind: QuestionKind, { page, element }: Place): Edited {
  const elements = pageAt(set, { page })?.elements ?? []
  const added = makeQuestion(kind, freeName(set, kind === 'heading' ? 'text' : 'question'))
  const index = element === undefined ? elements.length : element + 1
  const planned = { ...set, plan: planFor(kind, added, set.plan) }
  return { set: withElements(planned, page, insert(elements, index, added)), at: { page, element: index } }
}

/** A copy right after the original, under names of its own; indicators and scales stay with the original. */
export function duplicate(set: QuestionSet, at: Place): Edited {
  const page = pageAt(set, at)
  if (!page) return { set, at }
  const copy = (into: QuestionSet, element: PageElement): PageElement => ({
    ...element,
    name: freeName(into, prefixOf(element)),
  })
  const element = elementAt(set, at)
  if (element && at.element !== undefined) {
    const next = at.element + 1
    return {
      set: withElements(set, at.page, insert(page.elements, next, copy(set, element))),
      at: { page: at.page, element: next },
    }
  }
  const next = at.page + 1
  const empty = { ...page, name: freeName(set, 'page'), elements: [] }
  const first = withPages(set, insert(set.questions.pages, next, empty))
  const filled = page.elements.reduce((into, one) => {
    const elements = into.questions.pages[next]!.elements
    return withElements(into, next, [...elements, copy(into, one)])
  }, first)
  return { set: filled, at: { page: next } }
}

/** One step up or down; a question at the edge of its page goes to the page before or after. At the very edge nothing happens. */
export function move(set: QuestionSet, at: Place, step: -1 | 1): Edited {
  const { pages } = set.questions
  const page = pageAt(set, at)
  if (!page) return { set, at }
  if (at.element === undefined) {
    if (!pages[at.page + step]) return { set, at }
    return {
      set: withPages(set, insert(pages.toSpliced(at.page, 1), at.page + step, page)),
      at: { page: at.page + step },
    }
  }
  const element = page.elements[at.element]
  if (!element) return { set, at }
  const without = page.elements.toSpliced(at.element, 1)
  const next = at.element + step
  if (next >= 0 && next < page.elements.length)
    return { set: withElements(set, at.page, insert(without, next, element)), at: { page: at.page, element: next } }
  const neighbour = pages[at.page + step]
  if (!neighbour) return { set, at }
  const landing = step === 1 ? 0 : neighbour.elements.length
  const moved = pages.map((one, index) => {
    if (index === at.page) return { ...one, elements: without }
    return index === at.page + step ? { ...one, elements: insert(one.elements, landing, element) } : one
  })
  return { set: withPages(set, moved), at: { page: at.page + step, element: landing } }
}

/** Whether `move` would do anything. */
export const canMove = (set: QuestionSet, at: Place, step: -1 | 1): boolean => move(set, at, step).set !== set

/** Without it. Indicators, scales, breakdowns and conditions that name it stay: the check says so, and nothing is lost in silence. */
export function remove(set: QuestionSet, at: Place): Edited {
  const page = pageAt(set, at)
  if (!page) return { set, at }
  if (at.element === undefined) {
    const pages = set.questions.pages.toSpliced(at.page, 1)
    return { set: withPages(set, pages), at: { page: Math.max(0, Math.min(at.page, pages.length - 1)) } }
  }
  const elements = page.elements.toSpliced(at.element, 1)
  const next = Math.min(at.element, elements.length - 1)
  return {
    set: withElements(set, at.page, elements),
    at: next < 0 ? { page: at.page } : { page: at.page, element: next },
  }
}

/** Another in its place. A name that differs is changed wherever it is referred to, unless it is not the name of this question alone. */
export function replaceElement(set: QuestionSet, at: Place, element: PageElement): QuestionSet {
  const before = elementAt(set, at)
  if (!before || at.element === undefined) return set
  const isOwn =
    namesOf(set).filter((name) => name === before.name).length <= (hasOwnBreakdown(set, before.name) ? 2 : 1)
  const follows = before.name !== element.name && isOwn && !namesOf(set).includes(element.name)
  const renamed = follows ? renameQuestion(set, before.name, element.name) : set
  const elements = renamed.questions.pages[at.page]!.elements
  return withElements(renamed, at.page, elements.with(at.element, conditionOf(elements[at.element]!, before, element)))
}

const hasOwnBreakdown = ({ plan }: QuestionSet, name: string) =>
  plan.breakdowns.some(({ id, variable }) => id === name && variable === name)

/** Another code for the item at the index. References follow, unless it was or becomes the code of two. */
export function replaceCode(set: QuestionSet, at: Place, list: CodeList, index: number, code: Code): QuestionSet {
  const element = elementAt(set, at)
  const items = element ? itemsOf(element, list) : []
  const item = items[index]
  if (!element || !item || item.value === code) return set
  const codes = items.map(({ value }) => value)
  if (codes.filter((one) => one === item.value).length === 1 && !codes.includes(code))
    return settle(renameCode(set, element.name, list, item.value, code))
  return replaceElement(set, at, { ...element, [list]: items.with(index, { ...item, value: code }) })
}

// A condition cannot refer to its own question, so that renaming leaves it alone; but it may have been changed together with the name.
const conditionOf = (renamed: PageElement, before: PageElement, element: PageElement): PageElement =>
  element.visibleIf === before.visibleIf && renamed.visibleIf !== undefined
    ? { ...element, visibleIf: renamed.visibleIf }
    : element

export const replacePage = (set: QuestionSet, { page }: Place, change: Partial<Omit<Page, 'elements'>>): QuestionSet =>
  withPages(
    set,
    set.questions.pages.map((one, index) => (index === page ? withoutUndefined({ ...one, ...change }) : one)),
  )

export const replaceWords = (
  set: QuestionSet,
  change: Partial<Pick<Questions, 'title' | 'description'>>,
): QuestionSet => ({ ...set, questions: withoutUndefined({ ...set.questions, ...change }) })

export const replacePlan = (set: QuestionSet, change: Partial<AnalysisPlan>): QuestionSet =>
  settle({ ...set, plan: withoutUndefined({ ...set.plan, ...change }) })

/** Keys whose value was taken away are taken away with it: JSON has no undefined. */
export const withoutUndefined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T
