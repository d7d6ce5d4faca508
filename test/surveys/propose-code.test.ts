import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { proposeCode, proposeName } from '../../surveys/editing/propose-code.ts'
import { nameSchema } from '../../surveys/question-set.ts'

describe('a proposed code', () => {
  it.each([
    ["Don't know", 'dont_know'],
    ['Don’t know', 'dont_know'],
    ['Café, daily', 'cafe_daily'],
    ['1 to 4', 'choice_1_to_4'],
    ['Domiciliary (home) care', 'domiciliary_home_care'],
    ['いいえ', 'choice'],
    ['', 'choice'],
    ['constructor', 'constructor_2'],
    ['Not stated', 'not_stated_2'],
  ])('for %s is %s', (label, code) => {
    expect(proposeCode(label)).toBe(code)
  })

  it('is numbered from 2 where it is taken, and ends with a whole word', () => {
    expect(proposeCode('Yes', ['yes', 'yes_2', 3])).toBe('yes_3')
    const long = 'words '.repeat(40)
    expect(proposeCode(long)).toBe(Array(10).fill('words').join('_'))
    expect(proposeCode('x'.repeat(90), [proposeCode('x'.repeat(90))])).toBe(`${'x'.repeat(62)}_2`)
  })

  it('always keeps to the contract and is never taken', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('Yes', 'yes!', '9'))),
        (labels) => {
          const taken: string[] = []
          for (const label of labels) {
            const code = proposeCode(label, taken)
            expect(nameSchema.safeParse(code).success, code).toBe(true)
            expect(taken).not.toContain(code)
            taken.push(code)
          }
        },
      ),
    )
  })
})

describe('a proposed name', () => {
  it.each([
    ['How often is the information from hospital good enough?', 'often_information_hospital_good_enough'],
    ['What do you do?', 'what_do_you_do'],
    ['What is your system?', 'system_2'],
    ['65 or over?', 'question_65_over'],
    ['', 'question'],
  ])('for %s is %s', (text, name) => {
    expect(proposeName(text)).toBe(name)
    expect(nameSchema.safeParse(name).success).toBe(true)
  })

  it('is unlike the names there are', () => {
    expect(proposeName('Which hospitals, mainly?', ['hospitals_mainly'])).toBe('hospitals_mainly_2')
  })
})
