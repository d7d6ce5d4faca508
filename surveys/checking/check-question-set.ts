// What zod's schema of a question set cannot see: names that clash, routing that plain HTML could not follow, plans that name nothing.
import { checkExpression } from './check-expression.ts'
import { checkPlan } from './check-plan.ts'
import { isNote, questionsOf } from '../notes.ts'
import type { PageElement, Question, QuestionSet } from '../question-set.ts'
import { questionsByName, stateCodes } from '../variables.ts'

/** Where something is wrong (`pages.2.elements.1.visibleIf`, counted from 0, or `indicators.<id>`), and what, in a sentence. */
export interface Problem {
  place: string
  message: string
}

/** Columns of an import beside the questions, and a name that every JavaScript object carries. */
export const reservedNames = ['system', 'location_id', 'constructor']

/** Everything wrong with a question set that its schema let through; empty when it can be published. */
export function checkQuestionSet(set: QuestionSet): Problem[] {
  return [
    ...checkNames(set),
    ...checkThatItAsks(set),
    ...checkEachQuestion(set),
    ...checkRouting(set),
    ...checkPlan(set),
  ]
}

/** Each value that has occurred before, with its index. */
function listRepeated(values: (string | number)[]): { value: string | number; index: number }[] {
  return values.map((value, index) => ({ value, index })).filter(({ value, index }) => values.indexOf(value) < index)
}

function listElements({ questions }: QuestionSet): { place: string; element: PageElement }[] {
  return questions.pages.flatMap((page, p) =>
    page.elements.map((element, e) => ({ place: `pages.${p}.elements.${e}`, element })),
  )
}

function checkNames(set: QuestionSet): Problem[] {
  const elements = listElements(set)
  const named = [
    ...set.questions.pages.map((page, p) => ({ place: `pages.${p}.name`, name: page.name })),
    ...elements.map(({ place, element }) => ({ place: `${place}.name`, name: element.name })),
  ]
  const repeated = listRepeated(named.map(({ name }) => name)).map(({ value, index }) => ({
    place: named[index]?.place ?? '',
    message: `the name ${value} is used twice: pages and questions need names of their own`,
  }))
  const taken = elements.flatMap(({ place, element: { name } }) => {
    const breakdown = set.plan.breakdowns.find(({ id, variable }) => id === name && variable !== name)
    if (!reservedNames.includes(name) && !breakdown) return []
    return [
      {
        place: `${place}.name`,
        message: `${name} is the name of ${breakdown ? 'a breakdown' : 'something else in an import'}: give it another`,
      },
    ]
  })
  return [...repeated, ...taken]
}

function checkEachQuestion(set: QuestionSet): Problem[] {
  const states = stateCodes(set)
  return listElements(set).flatMap(({ place, element }) =>
    isNote(element)
      ? []
      : [...checkCodes(place, element), ...checkExclusive(place, element, states), ...checkLimits(place, element)],
  )
}

/** A page may have nothing but text; a questionnaire may not: it could never be submitted. */
function checkThatItAsks({ questions }: QuestionSet): Problem[] {
  return questions.pages.some((page) => questionsOf(page).length > 0)
    ? []
    : [{ place: 'pages.0.elements', message: 'there is no question to answer, only headings and paragraphs' }]
}

function checkCodes(place: string, question: Question): Problem[] {
  const lists: [string, (string | number)[]][] = []
  if (question.type === 'matrix') {
    lists.push(
      ['columns', question.columns.map(({ value }) => value)],
      ['rows', question.rows.map(({ value }) => value)],
    )
  } else if ('choices' in question) {
    lists.push([
      'choices',
      [...question.choices.map(({ value }) => value), ...(question.showOtherItem ? ['other'] : [])],
    ])
  }
  return lists.flatMap(([list, values]) => [
    ...listRepeated(values).map(({ value, index }) => ({
      place: `${place}.${list}.${index}.value`,
      message: `the code ${value} is used twice`,
    })),
    ...values.flatMap((value, index) =>
      value === 'constructor'
        ? [{ place: `${place}.${list}.${index}.value`, message: 'constructor cannot be a code' }]
        : [],
    ),
  ])
}

function checkExclusive(place: string, question: Question, states: Set<string | number>): Problem[] {
  if (!('choices' in question)) return []
  return question.choices.flatMap((choice, index) => {
    const at = `${place}.choices.${index}.isExclusive`
    if (question.type !== 'checkbox')
      return choice.isExclusive === undefined
        ? []
        : [{ place: at, message: 'only where several choices are allowed can one exclude the others' }]
    if (!states.has(choice.value) || choice.isExclusive) return []
    return [{ place: at, message: `${choice.value} cannot be true together with other choices: mark it isExclusive` }]
  })
}

function checkLimits(place: string, question: Question): Problem[] {
  if (question.type === 'text' && 'min' in question && question.min >= question.max) {
    return [{ place: `${place}.max`, message: 'max must be greater than min' }]
  }
  if (
    question.type === 'checkbox' &&
    question.maxSelectedChoices !== undefined &&
    question.maxSelectedChoices > question.choices.length
  ) {
    return [{ place: `${place}.maxSelectedChoices`, message: 'more choices are allowed than there are' }]
  }
  return []
}

function checkRouting({ questions, plan }: QuestionSet): Problem[] {
  const check = (place: string, expression: string | undefined, pages: number) => {
    const earlier = questionsByName(questions.pages.slice(0, pages).flatMap((page) => page.elements))
    return expression === undefined ? [] : checkExpression(expression, earlier).map((message) => ({ place, message }))
  }
  return [
    ...questions.pages.flatMap((page, p) => [
      ...check(`pages.${p}.visibleIf`, page.visibleIf, p),
      ...page.elements.flatMap((question, q) => check(`pages.${p}.elements.${q}.visibleIf`, question.visibleIf, p)),
    ]),
    ...check('notApplicableWhen', plan.notApplicableWhen, questions.pages.length),
  ]
}
