import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeEstimate, estimate, promisedSeconds } from '../../surveys/checking/estimate.ts'
import { questionsSchema } from '../../surveys/question-set.ts'
import { readQuestionSet } from '../../server/question-sets/import/read-question-set.ts'

const read = (slug: string) => readQuestionSet(join(import.meta.dirname, '../../surveys', slug))
const yesOrNo = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
]

describe('the estimate of time', () => {
  it('is 200 words a minute, 5 seconds a closed answer and 60 an open one', () => {
    const questions = questionsSchema.parse({
      title: 'One two',
      pages: [
        {
          name: 'page',
          title: 'Three',
          description: 'Four – five',
          elements: [
            { type: 'radiogroup', name: 'a', title: 'Six?', choices: yesOrNo },
            { type: 'radiogroup', name: 'b', title: 'Nine?', choices: yesOrNo },
            {
              type: 'matrix',
              name: 'c',
              title: 'Ten',
              columns: yesOrNo.map(({ value, text }) => ({ value, text: `${text} indeed` })),
              rows: yesOrNo,
            },
            { type: 'comment', name: 'd', title: 'Why?', maxLength: 10 },
            { type: 'text', name: 'e', title: 'Where?', maxLength: 10 },
            { type: 'text', inputType: 'number', name: 'f', title: 'How many?', min: 0, max: 9 },
          ],
        },
      ],
    })
    const words = 5 + 1 + 2 + 1 + 1 + 4 + 2 + 1 + 1 + 2
    expect(estimate(questions)).toEqual({
      words,
      closed: 5,
      open: 2,
      longest: words * 0.3 + 25 + 120,
      usual: words * 0.3 + 25 + 60,
    })
  })

  it('takes the longest path, not the sum of paths that exclude each other', () => {
    const asked = (name: string, title: string, visibleIf: string) => ({
      name,
      title: 'X',
      visibleIf,
      elements: [{ type: 'comment', name: `${name}_text`, title, maxLength: 9 }],
    })
    const questions = questionsSchema.parse({
      title: 'T',
      pages: [
        { name: 'first', title: 'X', elements: [{ type: 'radiogroup', name: 'gate', title: 'Q', choices: yesOrNo }] },
        asked('short', 'one', "{gate} = 'yes'"),
        asked('long', 'one two three', "{gate} = 'no'"),
      ],
    })
    expect(estimate(questions)).toMatchObject({ words: 1 + 1 + 1 + 2 + 1 + 3, closed: 1, open: 1 })
  })
})

describe('the time promised to respondents', () => {
  it('is ten minutes for the information flow, kept on its longest path, with at most 40 closed and 3 open questions', () => {
    const set = read('discharge-information-flow')
    const result = estimate(set.questions)
    expect(set.plan.minutes).toBe(10)
    expect(promisedSeconds(set, result)).toBe(result.longest)
    expect(result.longest).toBeLessThanOrEqual(600)
    expect(result.closed).toBeLessThanOrEqual(40)
    expect(result.open).toBeLessThanOrEqual(3)
  })

  it('is five minutes for the audit, kept by someone who writes one comment; both comments take a minute more', () => {
    const set = read('relational-audit')
    const result = estimate(set.questions)
    expect(set.plan.minutes).toBe(5)
    expect(promisedSeconds(set, result)).toBe(result.usual)
    expect(result.usual).toBeLessThanOrEqual(300)
    expect(result.longest).toBeLessThanOrEqual(360)
    expect(result.open).toBe(2)
  })

  it('is put into one line that gives both figures, and says when it is not kept', () => {
    const set = read('relational-audit')
    expect(describeEstimate(set)).toMatchObject({
      kept: true,
      line: expect.stringMatching(/longest 6 min 0 s, usual \(one open answer\) 5 min 0 s/) as string,
    })
    const hurried = { ...set, plan: { ...set.plan, minutes: 4 } }
    expect(describeEstimate(hurried)).toMatchObject({
      kept: false,
      line: expect.stringContaining('NOT KEPT') as string,
    })
  })
})
