import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { questionsSchema } from '../../surveys/question-set.ts'
import { readQuestionSet } from '../../server/question-sets/import/read-question-set.ts'
import { adviseOnQuestions, adviseOnText, measureText } from '../../surveys/editing/writing-help.ts'

const kindsOf = (text: string) => adviseOnText(text, 'question', 'here').map(({ kind }) => kind)

describe('the measure of a text', () => {
  it('counts words, time and the Flesch–Kincaid grade and five years', () => {
    // 14 words in one sentence, 14 syllables: 0.39 × 14 + 11.8 − 15.59 = 1.7, and five.
    expect(measureText('How well do you work with the staff of the care home near here?')).toMatchObject({
      words: 14,
      readingAge: 7,
    })
    expect(measureText('One two three four five six seven eight nine ten.').seconds).toBeCloseTo(3)
  })

  it('gives no reading age to fewer than ten words, and says so', () => {
    const nine = 'One two three four five six seven eight nine'
    expect(measureText(nine)).toMatchObject({
      readingAge: undefined,
      line: '9 words, 3 s to read, too short for a reading age (under ten words)',
    })
    expect(measureText(`${nine} ten`).readingAge).toBeTypeOf('number')
    expect(measureText('')).toMatchObject({ words: 0, seconds: 0, readingAge: undefined })
    expect(measureText('Yes').line).toMatch(/^1 word, /)
  })

  it('rises with long words and falls with more sentences', () => {
    const plain = measureText('We ask you to tell us what you think of the care that you give.')
    const dense = measureText(
      'Organisational interoperability necessitates considerable multidisciplinary collaboration in every individual administrative authority.',
    )
    const split = measureText('We ask you to tell us what you think. It is about the care that you give.')
    expect(dense.readingAge ?? 0).toBeGreaterThan((plain.readingAge ?? 99) + 10)
    expect(split.readingAge ?? 99).toBeLessThanOrEqual(plain.readingAge ?? 0)
  })
})

describe('advice on two questions in one', () => {
  it.each([
    'How satisfied are you with the food and the service?',
    'Are staff kind and quick?',
    'Do you know or use the discharge lounge?',
    'We plan and review care together',
    'How clear and/or complete is the summary?',
  ])('is given on: %s', (text) => {
    expect(kindsOf(text)).toContain('double_barrelled')
  })

  it.each([
    'How often do you work with health and social care?',
    'Is it worse on evenings and weekends?',
    'In evenings and at weekends, is the information better or worse?',
    'Are you aged 65 or over?',
    'Did two or three people come?',
    'Have you and a hospital agreed what it will tell you?',
    'Did any of your staff chase or complain?',
    'Do you work in Bath and North East Somerset?',
    'People can take risks without fear of criticism or failure',
    'Did you receive it or not?',
  ])('is not given on: %s', (text) => {
    expect(kindsOf(text)).not.toContain('double_barrelled')
  })

  it('names the words, and is not given on choices or help', () => {
    const text = 'Are staff kind and quick?'
    expect(adviseOnText(text, 'question', 'pages.0.elements.0.title')).toEqual([
      {
        place: 'pages.0.elements.0.title',
        kind: 'double_barrelled',
        message:
          '‘kind and quick’ may ask two things at once. If someone could answer differently about each, ask two questions.',
        text: 'kind and quick',
      },
    ])
    expect(adviseOnText(text, 'help', 'here')).toEqual([])
    expect(adviseOnText(text, 'choice', 'here')).toEqual([])
  })
})

describe('advice on wording', () => {
  it.each([
    ['Do you not have no notice?', 'double_negative'],
    ["Isn't it impossible to reach the ward?", 'double_negative'],
    ['Do you never leave without a summary?', 'double_negative'],
    ["Don't you think that care is good?", 'leading'],
    ['Do you agree that care is good?', 'leading'],
    ['Obviously it matters. How much?', 'leading'],
    ['Is the DTOC rate known to you?', 'abbreviation'],
    ['Do you hold MDTs?', 'abbreviation'],
    [`${'so '.repeat(25)}long`, 'long_sentence'],
    [
      'Does interorganisational administrative interoperability facilitate multidisciplinary communication activities around organisational accountability?',
      'reading_age',
    ],
  ])('on “%s” names %s', (text, kind) => {
    expect(kindsOf(text)).toContain(kind)
  })

  it.each([
    'Do you not get notice?',
    'Neither agree nor disagree',
    'No, we did not',
    'Rarely or never',
    "Don't know, or not sure",
    'Does your GP tell the NHS or not?',
    'Does the multi-disciplinary team (MDT) meet? Is the MDT helpful?',
    'Please do NOT name anyone',
    `${'so '.repeat(24)}long`,
    'Write to the eDischarge desk in B12',
  ])('is none on “%s”', (text) => {
    expect(kindsOf(text)).toEqual([])
  })
})

describe('advice on a whole question set', () => {
  it('names an abbreviation where it first stands only, and not after it was spelt out', () => {
    const yes = [{ value: 'yes', text: 'Yes' }]
    const ask = (name: string, title: string) => ({ type: 'radiogroup', name, title, choices: yes })
    const questions = questionsSchema.parse({
      title: 'About the integrated care board (ICB)',
      pages: [
        {
          name: 'page',
          title: 'Page',
          elements: [ask('a', 'Do you know the ICB?'), ask('b', 'Do you use TTOs?'), ask('c', 'Are TTOs late?')],
        },
      ],
    })
    expect(adviseOnQuestions(questions).map(({ place, text }) => [place, text])).toEqual([
      ['pages.0.elements.1.title', 'TTO'],
    ])
  })

  it('names an answer that reads as another of the same question, and none of another question', () => {
    const choices = (...texts: string[]) => texts.map((text, at) => ({ value: `v${at}`, text }))
    const ask = (name: string, ...texts: string[]) => ({
      type: 'radiogroup',
      name,
      title: 'How often?',
      choices: choices(...texts),
    })
    const questions = questionsSchema.parse({
      title: 'Title',
      pages: [
        { name: 'page', title: 'Page', elements: [ask('a', 'Often', 'Rarely', 'often '), ask('b', 'Often', 'Rarely')] },
      ],
    })
    expect(adviseOnQuestions(questions).map(({ place, kind }) => [place, kind])).toEqual([
      ['pages.0.elements.0.choices.2.text', 'same_text'],
    ])
  })

  it('is one defensible line on the shipped sets: to delay a start is not to delay a return', () => {
    const advice = ['discharge-information-flow', 'relational-audit'].flatMap((slug) =>
      adviseOnQuestions(readQuestionSet(join(import.meta.dirname, '../../surveys', slug)).questions),
    )
    expect(advice.map(({ place, kind, text }) => [place, kind, text])).toEqual([
      ['pages.8.elements.0.rows.1.text', 'double_barrelled', 'start or return'],
    ])
  })
})
