// Indicators and scales in words, as an editor shows and offers them: what counts, of which answers, out of whom.
import { joinWords, listValues, valueText } from '../condition.ts'
import { questionsOf } from '../notes.ts'
import type { AnalysisPlan, Code, Indicator, Question, QuestionSet, Scale } from '../question-set.ts'
import { findVariable, questionsByName, stateCodes } from '../variables.ts'
import type { QuestionsByName } from '../variables.ts'

const byNameOf = ({ questions }: QuestionSet) => questionsByName(questions.pages.flatMap((page) => page.elements))

/** ‘title’, ‘row’ (in ‘title’), or what a variable names that is not there. */
function variableText(variable: string, byName: QuestionsByName): string {
  const found = findVariable(variable, byName)
  if (typeof found === 'string') return `a question that is not there (${variable})`
  const { question } = found
  const row = question.type === 'matrix' ? partOf(question.rows, variable) : undefined
  return row ? `‘${row.text}’ (in ‘${question.title}’)` : `‘${question.title}’`
}

const partOf = <T extends { value: Code }>(items: T[], variable: string) =>
  items.find(({ value }) => String(value) === variable.split('.')[1])

/** The states among a question's answers, which no base holds. */
function leftOut(question: Question, plan: AnalysisPlan): string {
  const states = [...plan.states.dontKnow, ...plan.states.notApplicable] as Code[]
  const texts = listValues(question).filter(({ value }) => states.includes(value))
  return texts.length === 0
    ? ''
    : `, leaving out ${joinWords(
        texts.map(({ text }) => `‘${text}’`),
        'and',
      )}`
}

/** *Share answering ‘Rarely’ or ‘Never’ to ‘How often …?’, out of everyone who answered it, leaving out ‘Don't know’.* */
export function indicatorSentence(
  { variable, counts }: Pick<Indicator, 'variable' | 'counts'>,
  set: QuestionSet,
): string {
  const byName = byNameOf(set)
  const found = findVariable(variable, byName)
  const subject = variableText(variable, byName)
  if (typeof found === 'string') return `Share of the answers to ${subject}.`
  const { question } = found
  const base = `out of everyone who answered it${leftOut(question, set.plan)}.`
  if (question.type === 'checkbox') {
    const choice = partOf(listValues(question), variable)
    return `Share choosing ‘${choice?.text}’ at ${subject}, ${base}`
  }
  const counted = counts.map((code) => valueText(question, code))
  return `Share answering ${counted.length > 0 ? joinWords(counted, 'or') : '…'} to ${subject}, ${base}`
}

/** *Mean of ‘a’, ‘b’ and ‘c’, from 1 (‘Strongly disagree’) to 5 (‘Strongly agree’), for everyone who answered at least half of them.* */
export function scaleSentence({ items }: Pick<Scale, 'items'>, set: QuestionSet): string {
  const byName = byNameOf(set)
  if (items.length === 0) return 'Mean of … (no statement has been chosen yet).'
  const named = items.map(({ variable, reversed }) => {
    const text = variableText(variable, byName)
    return reversed ? `${text} turned round (5 counts as 1)` : text
  })
  const first = findVariable(items[0]?.variable ?? '', byName)
  const label = (code: number) =>
    typeof first === 'string' ? String(code) : `${code} (${valueText(first.question, code)})`
  const whom = items.length === 1 ? 'answered it' : 'answered at least half of them'
  return `Mean of ${joinWords(named, 'and')}, from ${label(1)} to ${label(5)}, for everyone who ${whom}.`
}

/** What an indicator may be computed from, and the choices that may count. */
export interface IndicatorChoice {
  /** As in the plan: `question`, `question.row`, `question.choice`. */
  variable: string
  title: string
  /** Never don't know or not applicable; for one of several choices, 1: it was chosen. */
  counts: { value: Code; text: string }[]
}

/** Every variable that an indicator may use, in the order of the questions. */
export function listIndicatorChoices(set: QuestionSet): IndicatorChoice[] {
  const states = stateCodes(set)
  return set.questions.pages.flatMap(questionsOf).flatMap((question): IndicatorChoice[] => {
    const { name, title } = question
    const counts = listValues(question).filter(({ value }) => !states.has(value))
    if (question.type === 'matrix')
      return question.rows.map((row) => ({
        variable: `${name}.${row.value}`,
        title: `${title} – ${row.text}`,
        counts,
      }))
    if (question.type === 'checkbox')
      return counts.map(({ value, text }) => ({
        variable: `${name}.${value}`,
        title: `${title} – ${text}`,
        counts: [{ value: 1, text: 'Chosen' }],
      }))
    return counts.length > 0 ? [{ variable: name, title, counts }] : []
  })
}

/** What a scale may group: what is answered with the numbers 1 to 5, its states aside. */
export function listScaleItems(set: QuestionSet): IndicatorChoice[] {
  return listIndicatorChoices(set).filter(
    ({ counts }) => [...counts.map(({ value }) => value)].sort().join() === '1,2,3,4,5',
  )
}
