import { isNote, questionsOf } from '../notes.ts'
import type { Page, Question, Questions } from '../question-set.ts'
import { compileFaults, otherCode, type FaultFinder } from './answer-faults.ts'
import { compileCondition, type Condition } from './conditions.ts'

export interface CompiledQuestion {
  question: Question
  /** Where the *other, please say* of a question is kept among the answers. */
  commentKey: string
  condition: Condition | undefined
  findFaults: FaultFinder
}
export interface CompiledPage {
  page: Page
  condition: Condition | undefined
  questions: CompiledQuestion[]
  /** The headings and paragraphs between them. */
  notes: { name: string; condition: Condition | undefined }[]
}

export const commentKeyOf = (name: string): string => `${name}-Comment`

/** Refuses what would make answers ambiguous: a name, code or row twice, a declared choice `other` beside `showOtherItem`, a condition on anything but earlier pages. */
export function compilePages({ pages }: Questions): CompiledPage[] {
  const earlier = new Map<string, Question>()
  const conditions = new Map<string, Condition>()
  refuseRepeats(
    pages.map((page) => page.name),
    'the pages',
  )
  refuseRepeats(
    pages.flatMap((page) => page.elements.map(({ name }) => name)),
    'the questions',
  )
  return pages.map((page) => {
    const compiled = {
      page,
      condition: compileCondition(page.visibleIf, page.name, earlier, conditions),
      questions: questionsOf(page).map((question) => ({
        question,
        commentKey: commentKeyOf(question.name),
        condition: compileCondition(question.visibleIf, question.name, earlier, conditions),
        findFaults: compileFaults(refuseAmbiguous(question)),
      })),
      notes: page.elements.filter(isNote).map(({ name, visibleIf }) => ({
        name,
        condition: compileCondition(visibleIf, name, earlier, conditions),
      })),
    }
    for (const question of questionsOf(page)) earlier.set(question.name, question)
    return compiled
  })
}

function refuseAmbiguous(question: Question): Question {
  if (question.type === 'matrix') {
    refuseRepeats(
      question.rows.map((row) => String(row.value)),
      question.name,
    )
    refuseRepeats(
      question.columns.map((column) => String(column.value)),
      question.name,
    )
  } else if ('choices' in question) {
    refuseRepeats(
      [...question.choices.map((choice) => String(choice.value)), ...(question.showOtherItem ? [otherCode] : [])],
      question.name,
    )
  }
  if (question.type === 'text' && question.inputType === 'number' && question.min > question.max)
    throw new Error(`${question.name}: min is more than max`)
  return question
}

function refuseRepeats(names: string[], place: string): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) throw new Error(`${place}: ${repeated} is there twice`)
  // The one name that nameSchema allows and that every object has already.
  if (names.includes('constructor')) throw new Error(`${place}: constructor cannot be a name`)
}
