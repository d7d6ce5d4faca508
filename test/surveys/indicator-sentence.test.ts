import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkQuestionSet } from '../../surveys/checking/check-question-set.ts'
import {
  indicatorSentence,
  listIndicatorChoices,
  listScaleItems,
  scaleSentence,
} from '../../surveys/editing/indicator-sentence.ts'
import { readQuestionSet } from '../../server/question-sets/import/read-question-set.ts'

const read = (slug: string) => readQuestionSet(join(import.meta.dirname, '../../surveys', slug))
const flow = read('discharge-information-flow')
const audit = read('relational-audit')

describe('an indicator as a sentence', () => {
  it.each([
    [
      'information_sufficient',
      ['rarely', 'never'],
      "Share answering ‘Rarely’ or ‘Never’ to ‘How often is the information from hospital good enough to decide whether you can care for the person?’, out of everyone who answered it, leaving out ‘No one was discharged into our care’ and ‘Don't know’.",
    ],
    [
      'before_discharge.told_date',
      ['never'],
      "Share answering ‘Never’ to ‘We are told the expected date’ (in ‘How often do these happen before discharge?’), out of everyone who answered it, leaving out ‘Does not apply’ and ‘Don't know’.",
    ],
    [
      'summary_route.paper',
      [1],
      "Share choosing ‘On paper, with the person’ at ‘How do summaries usually reach you?’, out of everyone who answered it, leaving out ‘We do not receive summaries’ and ‘Don't know’.",
    ],
    [
      'service_type',
      [],
      'Share answering … to ‘What type of service do you answer for?’, out of everyone who answered it.',
    ],
    ['gone', ['yes'], 'Share of the answers to a question that is not there (gone).'],
  ])('of %s', (variable, counts, sentence) => {
    expect(indicatorSentence({ variable, counts }, flow)).toBe(sentence)
  })

  it('names everything in both shipped plans', () => {
    for (const set of [flow, audit]) {
      const sentences = [
        ...set.plan.indicators.map((indicator) => indicatorSentence(indicator, set)),
        ...set.plan.scales.map((scale) => scaleSentence(scale, set)),
      ]
      expect(sentences.filter((sentence) => /undefined|not there|not one of|…/.test(sentence))).toEqual([])
    }
  })
})

describe('a scale as a sentence', () => {
  it('names its statements and their ends', () => {
    const items = [{ variable: 'open_honest' }, { variable: 'keep_promises', reversed: true }]
    expect(scaleSentence({ items }, audit)).toBe(
      'Mean of ‘We are open and honest in our dealings with one another’ and ‘We do what we say we will’ turned round (5 counts as 1), from 1 (‘Strongly disagree’) to 5 (‘Strongly agree’), for everyone who answered at least half of them.',
    )
    expect(scaleSentence({ items: [] }, audit)).toBe('Mean of … (no statement has been chosen yet).')
  })
})

describe('what an indicator or a scale may use', () => {
  it('is what the check of the plan allows, and all that the shipped plans use', () => {
    for (const set of [flow, audit]) {
      const choices = listIndicatorChoices(set)
      const indicators = choices.map(({ variable, counts }, at) => ({
        id: `indicator_${at}`,
        label: 'Label',
        variable,
        counts: counts.map(({ value }) => value),
      }))
      const scales = listScaleItems(set).map(({ variable }, at) => ({
        id: `scale_${at}`,
        label: 'Label',
        items: [{ variable }],
      }))
      const problems = checkQuestionSet({ ...set, plan: { ...set.plan, leadIndicator: undefined, indicators, scales } })
      expect(problems.filter(({ place }) => /^(indicators|scales)/.test(place))).toEqual([])
      const offered = choices.map(({ variable }) => variable)
      expect(set.plan.indicators.filter(({ variable }) => !offered.includes(variable))).toEqual([])
    }
    const items = audit.plan.scales.flatMap((scale) => scale.items.map(({ variable }) => variable))
    expect(listScaleItems(audit).map(({ variable }) => variable)).toEqual(expect.arrayContaining(items))
    expect(listScaleItems(flow)).toEqual([])
  })
})
