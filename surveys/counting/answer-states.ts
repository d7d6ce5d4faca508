// The state of every variable of a complete response: exactly one each.
import { ConditionRunner } from 'survey-core'
import { variablesOf, type Variable } from './counted-variables.ts'
import { questionsOf } from '../notes.ts'
import { decidersOf, referencesIn, withDeciders } from './deciders.ts'
import type { AnalysisPlan, Answers, Questions } from '../question-set.ts'

export const states = ['answered', 'dont_know', 'not_applicable', 'not_asked', 'missing'] as const
export type State = (typeof states)[number]

/** The questions, and which of them answers lead to: of a compiled definition. */
export interface Routed {
  questions: Questions
  isVisible(name: string, answers: Answers): boolean
}

/** Called for every variable with its state, and where answered its code as text. */
export type Visit = (variable: number, state: State, value: string) => void

export interface StateReader {
  variables: readonly Variable[]
  /** Reads answers that have been checked: of the declared types, without those to hidden questions. */
  read(answers: Answers, visit: Visit): void
}

/** Compiled once for a pass over all responses of a version. */
export function compileStates(definition: Routed, plan: AnalysisPlan): StateReader {
  const variables = variablesOf(definition.questions, plan)
  const stateOfCode = new Map<string, State>([
    ...plan.states.notApplicable.map((code): [string, State] => [code, 'not_applicable']),
    ...plan.states.dontKnow.map((code): [string, State] => [code, 'dont_know']),
  ])
  const unanswered = compileUnanswered(definition, plan)
  const ranges = [...Map.groupBy(variables.keys(), (index) => variables[index]!.question)]
  const read = (answers: Answers, visit: Visit): void => {
    for (const [question, indexes] of ranges) {
      const value = answers[question]
      const given = Array.isArray(value) ? value.map(String) : undefined
      const special = given?.map((code) => stateOfCode.get(code)).find((state) => state !== undefined)
      let otherwise: State | undefined
      for (const index of indexes) {
        const { kind, part } = variables[index]!
        if (special) visit(index, special, '')
        else if (kind === 'choice' && given?.length) visit(index, 'answered', given.includes(part) ? '1' : '0')
        else {
          const code = codeOf(kind, part, value)
          const state =
            code === undefined ? (otherwise ??= unanswered(question, answers)) : (stateOfCode.get(code) ?? 'answered')
          visit(index, state, state === 'answered' ? code! : '')
        }
      }
    }
  }
  return { variables, read }
}

function codeOf(kind: Variable['kind'], part: string, value: unknown): string | undefined {
  if (kind === 'choice') return undefined
  const answer =
    kind === 'one'
      ? value
      : typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string, unknown>)[part]
        : undefined
  return typeof answer === 'string' || typeof answer === 'number' ? String(answer) : undefined
}

/** Shown and left, or routed past, and then whether because of what makes it not applicable. */
function compileUnanswered(
  definition: Routed,
  { notApplicableWhen }: AnalysisPlan,
): (question: string, answers: Answers) => State {
  const questions = definition.questions.pages.flatMap(questionsOf)
  const applies = notApplicableWhen === undefined ? undefined : new ConditionRunner(notApplicableWhen)
  const routes = new Map(questions.map(({ name }) => [name, decidersOf(definition.questions, name)]))
  const reasons = withDeciders(definition.questions, referencesIn(notApplicableWhen))
  const shown = new Map(
    questions.map(({ name }) => [name, remember(routes.get(name)!, (answers) => definition.isVisible(name, answers))]),
  )
  const notApplicable = remember(reasons, (answers) => applies?.runValues(answers, {}) ?? false)
  return (question, answers) =>
    shown.get(question)!(answers) ? 'missing' : notApplicable(answers) ? 'not_applicable' : 'not_asked'
}

const mostRemembered = 10_000

/** A condition takes microseconds, and a hundred variables ask it: its result is kept by the answers that it depends on. */
function remember(names: readonly string[], ask: (answers: Answers) => boolean): (answers: Answers) => boolean {
  const known = new Map<string, boolean>()
  return (answers) => {
    const key =
      names.length === 1 && typeof answers[names[0]!] === 'string'
        ? (answers[names[0]!] as string)
        : JSON.stringify(names.map((name) => answers[name] ?? null))
    let result = known.get(key)
    if (result === undefined) {
      if (known.size >= mostRemembered) known.clear()
      known.set(key, (result = ask(answers)))
    }
    return result
  }
}
