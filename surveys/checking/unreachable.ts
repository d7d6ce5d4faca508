// Pages and questions that no answers lead to. Only answers that conditions can tell apart are tried: the codes and numbers that they
// name, one that they do not, and none; so that "never" is certain, and what takes too many combinations is left undecided.
import { checkExpression } from './check-expression.ts'
import { conditionSentence, fromExpression, joinWords } from '../condition.ts'
import { isNote, questionsOf } from '../notes.ts'
import { holds, questionsIn, walk } from './paths.ts'
import type {
  Answers,
  Code,
  MatrixQuestion,
  Page,
  Question,
  Questions,
  SeveralChoicesQuestion,
} from '../question-set.ts'
import { codesOf, isOneChoice, questionsByName } from '../variables.ts'
import type { QuestionsByName } from '../variables.ts'

export interface Unreachable {
  /** The condition, as in checkQuestionSet: `pages.2.visibleIf`, `pages.2.elements.1.visibleIf`. */
  place: string
  /** Undecided: nothing was found that leads here, but not everything could be tried. */
  kind: 'never' | 'undecided'
  message: string
}

/** Combinations of answers that are tried for one condition, first those of the values that conditions name. */
const maxCombinations = 5_000
/** Codes that the conditions on one question with several choices may name: every set of them is tried. */
const maxNamedChoices = 10

/**
 * What can never be reached, and what could not be decided. The questions of such a page are not listed beside it, nor is a condition that
 * is wrong in itself: checkQuestionSet names it.
 */
export function findUnreachable(questions: Questions): Unreachable[] {
  return questions.pages.flatMap((page, p) => {
    const earlier = questions.pages.slice(0, p)
    const byName = questionsByName(earlier.flatMap(({ elements }) => elements))
    const found = judge('This page can never be shown', [page.visibleIf], earlier, byName)
    if (found) return [{ place: `pages.${p}.visibleIf`, ...found }]
    return page.elements.flatMap((element, e) => {
      if (element.visibleIf === undefined) return []
      const subject = isNote(element) ? 'This text can never be shown' : 'This question can never be asked'
      const finding = judge(subject, [page.visibleIf, element.visibleIf], earlier, byName)
      return finding ? [{ place: `pages.${p}.elements.${e}.visibleIf`, ...finding }] : []
    })
  })
}

/** Undefined if some answers lead there. `conditions`: the page's, and the element's if it is about one. */
function judge(
  subject: string,
  conditions: (string | undefined)[],
  earlier: Page[],
  byName: QuestionsByName,
): Omit<Unreachable, 'place'> | undefined {
  const own = conditions.filter((condition) => condition !== undefined)
  if (own.length === 0 || own.some((condition) => checkExpression(condition, byName).length > 0)) return undefined
  const route = routeTo(own, earlier)
  const broken = route.conditions.some((condition) => checkExpression(condition, byName).length > 0)
  const undecided = 'could not be worked out whether any answers lead here:'
  if (broken) return { kind: 'undecided', message: `It ${undecided} put right the conditions before it first.` }
  const reached = canHold(own, route, true)
  if (reached) return undefined
  if (reached === undefined)
    return {
      kind: 'undecided',
      message: `It ${undecided} its conditions look at ${joinWords(route.gates.map(titled), 'and')}, too many answers to try.`,
    }
  return { kind: 'never', message: `${subject}: ${reasonFor(own, route, byName)}` }
}

const titled = ({ title }: Question) => `‘${title}’`

function reasonFor(own: string[], route: Route, byName: QuestionsByName): string {
  const say = (condition: string, opening: string) => {
    const parts = fromExpression(condition)
    return parts ? conditionSentence(parts, byName, opening) : `${opening} ${condition}.`
  }
  const impossible = own.find((condition) => canHold([condition], route, false) === false)
  if (impossible !== undefined) return `no answers meet its condition. ${say(impossible, 'Ask when')}`
  const [ofPage = '', ofQuestion = ''] = own
  if (own.length === 2 && canHold(own, route, false) === false)
    return `its condition and its page’s exclude each other. ${say(ofPage, 'The page is shown when')} ${say(ofQuestion, 'Ask when')}`
  const asked = new Set(own.flatMap(questionsIn))
  const behind = route.gates.filter(({ name }) => asked.has(name) && route.conditionsOf.get(name)?.length)
  const chains = behind.map((gate) => {
    const conditions = route.conditionsOf.get(gate.name) ?? []
    return conditions.map((condition) => say(condition, `‘${gate.title}’ is asked only when`)).join(' ')
  })
  return `what it depends on is never answered so. ${own.map((condition) => say(condition, 'Ask when')).join(' ')} ${chains.join(' ')}`
}

/** What decides whether conditions hold: the questions they look at, those that the conditions of these look at, and so on. */
interface Route {
  /** In their order in the questionnaire. */
  gates: Question[]
  /** The pages with nothing but these. */
  pages: Page[]
  /** The conditions under which each is asked: its page's and its own. */
  conditionsOf: Map<string, string[]>
  conditions: string[]
}

function routeTo(own: string[], earlier: Page[]): Route {
  const needed = new Set(own.flatMap(questionsIn))
  const conditionsOf = new Map<string, string[]>()
  // Backwards: a condition looks at earlier pages only.
  const pages = [...earlier].reverse().flatMap((page) => {
    const elements = questionsOf(page).filter(({ name }) => needed.has(name))
    for (const { name, visibleIf } of elements) {
      const conditions = [page.visibleIf, visibleIf].filter((condition) => condition !== undefined)
      conditionsOf.set(name, conditions)
      for (const gate of conditions.flatMap(questionsIn)) needed.add(gate)
    }
    return elements.length > 0 ? [{ ...page, elements }] : []
  })
  pages.reverse()
  const gates = pages.flatMap(questionsOf)
  return { gates, pages, conditionsOf, conditions: [...own, ...[...conditionsOf.values()].flat()] }
}

/** Whether some answers meet all these conditions: answers that can be given on the way (`routed`), or any. Undefined: too many to try. */
function canHold(
  own: string[],
  { gates, pages, conditionsOf, conditions }: Route,
  routed: boolean,
): boolean | undefined {
  const choices = gates.map((gate) => {
    // On the way, what was not asked loses its answer.
    const answered = gate.isRequired && (routed || conditionsOf.get(gate.name)?.length === 0)
    const answers = answersToTry(gate, conditions)
    return answers && (answered && gate.type !== 'matrix' ? answers : [...answers, undefined])
  })
  if (choices.some((answers) => answers === undefined)) return undefined
  const count = choices.reduce((product, answers) => product * (answers?.length ?? 1), 1)
  for (let index = 0; index < Math.min(count, maxCombinations); index += 1) {
    const answers = combination(gates, choices as unknown[][], index)
    const given = routed ? walk({ title: '', pages }, answers).answers : answers
    if (own.every((condition) => holds(condition, given))) return true
  }
  return count <= maxCombinations ? false : undefined
}

function combination(gates: Question[], choices: unknown[][], index: number): Answers {
  const answers: Answers = {}
  let rest = index
  for (const [at, { name }] of gates.entries()) {
    const tried = choices[at] ?? []
    answers[name] = tried[rest % tried.length]
    rest = Math.floor(rest / tried.length)
  }
  return answers
}

/** Answers that the conditions can tell apart; undefined if they are too many. */
function answersToTry(question: Question, conditions: string[]): unknown[] | undefined {
  const named = conditions.flatMap(literalsIn)
  if (question.type === 'matrix') return rowsToTry(question, conditions, named)
  if (question.type === 'checkbox') return setsToTry(question, named)
  if (isOneChoice(question)) return codesToTry(codesOf(question), named)
  if (question.type === 'text' && 'min' in question) {
    const { min, max } = question
    const near = named.flatMap((value) => (typeof value === 'number' ? [value - 1, value, value + 1] : []))
    return [...new Set([min, max, ...near].map(Math.trunc).filter((value) => value >= min && value <= max))]
  }
  return [question.type === 'text' && question.inputType === 'date' ? '2026-01-01' : 'text']
}

/** What an expression compares with: 'codes' and numbers. */
function literalsIn(expression: string): Code[] {
  const values = expression.replaceAll(/\{[^}]*\}/g, ' ')
  const texts = [...values.matchAll(/'([^']*)'|"([^"]*)"/g)].map((match) => match[1] ?? match[2] ?? '')
  const numbers = [...values.replaceAll(/'[^']*'|"[^"]*"/g, ' ').matchAll(/-?\d+(\.\d+)?/g)]
  return [...texts, ...numbers.map(([number]) => Number(number))]
}

/** These codes, and one that stands for all others. */
function withOneOther(codes: Code[], apart: (code: Code) => boolean): Code[] {
  return [...codes.filter(apart), ...codes.filter((code) => !apart(code)).slice(0, 1)]
}

/** The codes named and one other; conditions may order numbers, so every one of them. */
const codesToTry = (codes: Code[], named: Code[]) =>
  withOneOther(codes, (code) => typeof code === 'number' || named.includes(code))

/** Every set of choices that conditions can tell apart and that may be chosen together. */
function setsToTry(question: SeveralChoicesQuestion, named: Code[]): Code[][] | undefined {
  const exclusive = question.choices.filter((choice) => choice.isExclusive).map(({ value }) => value)
  const codes = codesOf(question)
  const others = codes.filter((code) => !exclusive.includes(code))
  const together = withOneOther(others, (code) => named.includes(code))
  if (together.length > maxNamedChoices) return undefined
  const most = question.maxSelectedChoices ?? codes.length
  const sets = Array.from({ length: 2 ** together.length }, (_, bits) => together.filter((__, at) => bits & (1 << at)))
  return [...sets.filter((set) => set.length > 0 && set.length <= most), ...exclusive.map((code) => [code])]
}

/** Every way to answer the rows that the conditions name, and one other row, which stands for the rest. */
function rowsToTry(question: MatrixQuestion, conditions: string[], named: Code[]): Answers[] | undefined {
  const rows = question.rows.map(({ value }) => String(value))
  const apart = rows.filter((row) => conditions.some((condition) => condition.includes(`{${question.name}.${row}}`)))
  const tried = [...apart, ...rows.filter((row) => !apart.includes(row)).slice(0, 1)]
  const columns = codesToTry(codesOf(question), named)
  if ((columns.length + 1) ** tried.length > maxCombinations) return undefined
  let answers: Record<string, Code>[] = [{}]
  for (const row of tried)
    answers = answers.flatMap((answer) => [...columns.map((code) => ({ ...answer, [row]: code })), answer])
  return answers.slice(0, -1)
}
