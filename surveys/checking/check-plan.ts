// The analysis plan against the questions: everything it names exists, and every question has a use.
import type { Problem } from './check-question-set.ts'
import type { AnalysisPlan, Breakdown, Indicator, QuestionSet, Scale } from '../question-set.ts'
import { codesOf, findVariable, isOneChoice, noQuestion, questionsByName, stateCodes } from '../variables.ts'
import type { QuestionsByName } from '../variables.ts'

const scaleCodes = '1,2,3,4,5'

/** Everything in the plan that does not fit the questions. */
export function checkPlan(set: QuestionSet): Problem[] {
  const { questions, plan } = set
  const byName = questionsByName(questions.pages.flatMap((page) => page.elements))
  const states = stateCodes(set)
  return [
    ...checkStates(plan, byName),
    ...checkIds('breakdowns', plan.breakdowns),
    ...checkIds('indicators', [...plan.scales, ...plan.indicators]),
    ...plan.breakdowns.flatMap((breakdown) => checkBreakdown(breakdown, plan, byName, states)),
    ...plan.indicators.flatMap((indicator) => checkIndicator(indicator, byName, states)),
    ...plan.scales.flatMap((scale) => checkScale(scale, byName, states)),
    ...checkCross(plan),
    ...checkLead(plan),
    ...checkUses(plan, byName),
  ]
}

function checkStates({ states }: AnalysisPlan, byName: QuestionsByName): Problem[] {
  const used = new Set([...byName.values()].flatMap(codesOf))
  const both = states.dontKnow.filter((code) => states.notApplicable.includes(code))
  return [
    ...[...states.dontKnow, ...states.notApplicable]
      .filter((code) => !used.has(code))
      .map((code) => ({ place: 'states', message: `no question has the code ${code}` })),
    ...both.map((code) => ({ place: 'states', message: `${code} cannot mean both don't know and not applicable` })),
  ]
}

function checkIds(list: string, items: { id: string }[]): Problem[] {
  const ids = items.map(({ id }) => id)
  return ids
    .filter((id, index) => ids.indexOf(id) < index)
    .map((id) => ({ place: `${list}.${id}`, message: `the id ${id} is used twice` }))
}

function checkBreakdown(
  breakdown: Breakdown,
  plan: AnalysisPlan,
  byName: QuestionsByName,
  states: Set<unknown>,
): Problem[] {
  const place = `breakdowns.${breakdown.id}`
  const say = (message: string): Problem[] => [{ place, message }]
  const { from, variable, of, groups } = breakdown
  const ofQuestion = from === 'category' || from === 'variable'
  if (!ofQuestion && variable !== undefined) return say(`a breakdown from ${from} has no variable`)
  if (from !== 'derived') {
    if (of !== undefined || groups !== undefined) return say('only a derived breakdown has groups')
    return ofQuestion ? checkBreakdownQuestion(variable, byName).flatMap(say) : []
  }
  const source = plan.breakdowns.find(({ id }) => id === of)
  const question = source?.variable === undefined ? undefined : byName.get(source.variable)
  if (!question) return say(`it is derived from ${of ?? 'nothing'}: name a breakdown that has a question`)
  const codes = codesOf(question)
    .filter((code) => !states.has(code))
    .map(String)
  return checkGroups(groups ?? [], codes).flatMap(say)
}

function checkBreakdownQuestion(variable: string | undefined, byName: QuestionsByName): string[] {
  if (variable === undefined) return ['there is no question (its variable is missing)']
  const question = byName.get(variable)
  if (!question) return [noQuestion(variable, byName)]
  if (!isOneChoice(question)) return [`${variable} must be a question with one choice`]
  return codesOf(question).flatMap((code) => {
    if (typeof code === 'number') return [`its codes must be names, not numbers such as ${code}`]
    return code === 'not_stated' ? ['not_stated is the code of those who gave no answer: it cannot be a choice'] : []
  })
}

function checkGroups(groups: NonNullable<Breakdown['groups']>, codes: string[]): string[] {
  const grouped = groups.flatMap((group) => group.codes)
  const names = groups.map((group) => group.code)
  return [
    ...codes.filter((code) => !grouped.includes(code)).map((code) => `no group holds ${code}`),
    ...grouped.filter((code) => !codes.includes(code)).map((code) => `a group holds ${code}, which is no answer`),
    ...grouped.filter((code, index) => grouped.indexOf(code) < index).map((code) => `${code} is in two groups`),
    ...names
      .filter((name, index) => name === 'not_stated' || names.indexOf(name) < index)
      .map((name) => `${name} cannot be the code of this group`),
  ]
}

function checkIndicator({ id, variable, counts }: Indicator, byName: QuestionsByName, states: Set<unknown>): Problem[] {
  const place = `indicators.${id}`
  const found = findVariable(variable, byName)
  if (typeof found === 'string') return [{ place, message: found }]
  const { codes } = found
  if (!codes) return [{ place, message: `${variable} has no codes to count` }]
  const part = variable.split('.')[1]
  if (found.question.type === 'checkbox' && states.has(part))
    return [{ place, message: `${part} is not an answer: it is never in a base` }]
  return counts.flatMap((code, index) => {
    if (!codes.includes(code)) return [{ place, message: `${variable} has no code ${code}` }]
    if (states.has(code)) return [{ place, message: `${code} is not an answer: it is never in a base` }]
    return counts.indexOf(code) < index ? [{ place, message: `the code ${code} is counted twice` }] : []
  })
}

function checkScale({ id, items }: Scale, byName: QuestionsByName, states: Set<unknown>): Problem[] {
  const place = `scales.${id}`
  const variables = items.map(({ variable }) => variable)
  return variables.flatMap((variable, index) => {
    const found = findVariable(variable, byName)
    if (typeof found === 'string') return [{ place, message: found }]
    const codes = (found.codes ?? []).filter((code) => !states.has(code)).sort()
    if (codes.join() !== scaleCodes) return [{ place, message: `${variable} must be answered with the numbers 1 to 5` }]
    return variables.indexOf(variable) < index ? [{ place, message: `${variable} is in the scale twice` }] : []
  })
}

function checkCross({ cross, breakdowns }: AnalysisPlan): Problem[] {
  const unknown = cross.filter((id) => !breakdowns.some((breakdown) => breakdown.id === id))
  const problems = unknown.map((id) => ({ place: 'cross', message: `there is no breakdown ${id}` }))
  return cross[0] === cross[1]
    ? [...problems, { place: 'cross', message: 'a breakdown cannot be crossed with itself' }]
    : problems
}

function checkLead({ leadIndicator, indicators }: AnalysisPlan): Problem[] {
  if (leadIndicator === undefined || indicators.some(({ id }) => id === leadIndicator)) return []
  return [{ place: 'leadIndicator', message: `there is no indicator ${leadIndicator}` }]
}

function checkUses(plan: AnalysisPlan, byName: QuestionsByName): Problem[] {
  const computed = [...plan.indicators, ...plan.scales.flatMap(({ items }) => items), ...plan.breakdowns].map(
    ({ variable }) => variable?.split('.')[0],
  )
  const missing = (list: 'counted' | 'narrative') =>
    plan[list]
      .filter((name) => !byName.has(name))
      .map((name) => ({ place: `${list}.${name}`, message: noQuestion(name, byName) }))
  const uses = [...byName.values()].flatMap(({ name, type }) => {
    const narrative = plan.narrative.includes(name)
    const analysed = plan.counted.includes(name) || computed.includes(name)
    if (narrative && analysed)
      return [{ place: `narrative.${name}`, message: `${name} is both analysed and narrative` }]
    if (type === 'comment' && analysed)
      return [{ place: `counted.${name}`, message: `${name} is free text: it can only be narrative` }]
    return narrative || analysed
      ? []
      : [
          {
            place: `questions.${name}`,
            message: `${name} has no use in the analysis plan: it is neither counted nor read`,
          },
        ]
  })
  return [...missing('counted'), ...missing('narrative'), ...uses]
}
