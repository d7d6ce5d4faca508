import { describe, expect, test } from 'vitest'
import { compileDefinition } from '../../surveys/definition/definition.ts'
import { compileStates, type State } from '../../surveys/counting/answer-states.ts'
import { readFileSync } from 'node:fs'
import type { AnalysisPlan, Answers, Questions } from '../../surveys/question-set.ts'

const read = (slug: string, file: string): unknown => JSON.parse(readFileSync(`surveys/${slug}/${file}.json`, 'utf8'))
const flow = {
  questions: read('discharge-information-flow', 'questions') as Questions,
  plan: read('discharge-information-flow', 'analysis') as AnalysisPlan,
}
const audit = {
  questions: read('relational-audit', 'questions') as Questions,
  plan: read('relational-audit', 'analysis') as AnalysisPlan,
}

/** By variable name. */
function statesIn({ questions, plan }: typeof flow, answers: Answers) {
  const reader = compileStates(compileDefinition(questions), plan)
  const found = new Map<string, { state: State; value: string }>()
  reader.read(answers, (index, state, value) => found.set(reader.variables[index]!.name, { state, value }))
  return found
}
const inState = (states: ReturnType<typeof statesIn>, question: string) =>
  Object.fromEntries(
    [...states]
      .filter(([name]) => name.split('.')[0] === question)
      .map(([name, { state, value }]) => [name.split('.')[1] ?? '', value ? `${state} ${value}` : state]),
  )

describe('the state of a variable', () => {
  test('is missing where it was shown and left', () => {
    expect(statesIn(flow, { older_people_discharged: 'yes' }).get('summary_received')).toEqual({
      state: 'missing',
      value: '',
    })
  })

  test('is answered, with its code, or what its code stands for', () => {
    const of = (summary_received: string) => statesIn(flow, { summary_received }).get('summary_received')
    expect(of('under_quarter')).toEqual({ state: 'answered', value: 'under_quarter' })
    expect(of('dont_know')).toEqual({ state: 'dont_know', value: '' })
    expect(of('no_discharges')).toEqual({ state: 'not_applicable', value: '' })
  })

  test('is not applicable where no discharges routed past it', () => {
    const states = statesIn(flow, { older_people_discharged: 'no' })
    expect(states.get('summary_received')?.state).toBe('not_applicable')
    expect(states.get('headings.allergies')?.state).toBe('not_applicable')
    expect(states.get('sends_information')?.state).toBe('missing')
  })

  test('is not asked where anything else routed past it', () => {
    const page = (name: string, elements: unknown[], visibleIf?: string) => ({
      name,
      title: name,
      elements,
      ...(visibleIf ? { visibleIf } : {}),
    })
    const yesNo = (name: string) => ({
      type: 'radiogroup',
      name,
      title: name,
      choices: [
        { value: 'yes', text: 'Yes' },
        { value: 'no', text: 'No' },
      ],
    })
    const questions = {
      title: 'T',
      pages: [
        page('a', [yesNo('first')]),
        page('b', [yesNo('second')], "{first} = 'yes'"),
        page('c', [yesNo('third')], "{second} = 'yes'"),
      ],
    } as Questions
    const states = statesIn(
      { questions, plan: { ...flow.plan, notApplicableWhen: "{first} = 'no'" } },
      { first: 'yes', second: 'no' },
    )
    expect(states.get('third')).toEqual({ state: 'not_asked', value: '' })
    expect(
      statesIn({ questions, plan: { ...flow.plan, notApplicableWhen: "{first} = 'no'" } }, { first: 'no' }).get(
        'third',
      ),
    ).toEqual({ state: 'not_applicable', value: '' })
  })

  test('of a choice is ticked or not for whoever ticked anything', () => {
    const states = inState(statesIn(flow, { headings: ['allergies', 'plan'] }), 'headings')
    expect(states).toMatchObject({
      allergies: 'answered 1',
      plan: 'answered 1',
      legal: 'answered 0',
      none_of_these: 'answered 0',
    })
    expect(inState(statesIn(flow, { headings: ['none_of_these'] }), 'headings')).toMatchObject({
      none_of_these: 'answered 1',
      allergies: 'answered 0',
    })
  })

  test('of every choice is don’t know, not applicable or missing together', () => {
    const all = (answer?: string[]) => [
      ...new Set(Object.values(inState(statesIn(flow, answer ? { summary_route: answer } : {}), 'summary_route'))),
    ]
    expect(all(['dont_know'])).toEqual(['dont_know'])
    expect(all(['not_applicable'])).toEqual(['not_applicable'])
    expect(all()).toEqual(['missing'])
  })

  test('of a row is that of its own answer', () => {
    const rows = inState(
      statesIn(audit, { partners: { acute_hospital: 4, ambulance: 'do_not_work_with', vcse: 'dont_know' } }),
      'partners',
    )
    expect(rows).toMatchObject({
      acute_hospital: 'answered 4',
      ambulance: 'not_applicable',
      vcse: 'dont_know',
      care_home: 'missing',
    })
  })

  test('exists once for every variable of every response, whatever the answers, and never for free text', () => {
    for (const set of [flow, audit]) {
      const reader = compileStates(compileDefinition(set.questions), set.plan)
      for (const answers of [{}, { older_people_discharged: 'no' }, { sectors: ['vcse'], treat_fairly: 5 }]) {
        const seen: number[] = []
        reader.read(answers, (variable) => seen.push(variable))
        expect(seen.toSorted((one, other) => one - other)).toEqual(reader.variables.map((_, place) => place))
      }
      for (const narrative of set.plan.narrative)
        expect(reader.variables.map(({ name }) => name)).not.toContain(narrative)
      const known = new Set(reader.variables.map(({ name }) => name))
      for (const { variable } of [...set.plan.indicators, ...set.plan.scales.flatMap(({ items }) => items)])
        expect(known).toContain(variable)
    }
  })
})
