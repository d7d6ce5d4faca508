import { checkQuestionSet } from '../../../../surveys/checking/check-question-set.ts'
import { estimate, promisedSeconds, type Estimate } from '../../../../surveys/checking/estimate.ts'
import {
  analysisPlanSchema,
  questionsSchema,
  type Questions,
  type QuestionSet,
} from '../../../../surveys/question-set.ts'
import { questionsOf } from '../../../../surveys/notes.ts'
import { questionsIn } from '../../../../surveys/checking/paths.ts'
import { codesOf } from '../../../../surveys/variables.ts'
import { compileDefinition } from '../../../../surveys/definition/definition.ts'
import type { DraftContent } from '../../../../surveys/draft-content.ts'
import { describePlace, pathOfPlace } from './places.ts'
import { inPlainWords } from './plain-words.ts'
import { listReusedCodes } from './reused-codes.ts'

export interface DraftProblem {
  /** The path into the draft, counted from 0: `questions.pages.0.elements.2.title`. */
  place: string
  /** The same for a person. */
  where: string
  message: string
  /** A *problem* keeps a draft from being published, *advice* does not. */
  severity: 'problem' | 'advice'
}

export interface CheckedDraft {
  problems: DraftProblem[]
  /** The content as it would be published; undefined while it is not what the contract says. */
  set: QuestionSet | undefined
}

/** Everything that keeps a draft from being published; `slug` is the question set it is a draft of. */
export function checkDraft(slug: string, content: DraftContent): CheckedDraft {
  const questions = questionsSchema.safeParse(content.questions)
  const plan = analysisPlanSchema.safeParse(content.plan)
  const at = (place: string, message: string): DraftProblem => ({
    place,
    where: describePlace(place, content),
    message,
    severity: 'problem',
  })
  const otherSlug =
    content.plan.slug === slug ? [] : [at('plan.slug', `The plan must carry the short name of its set, ${slug}.`)]
  if (!questions.success || !plan.success) {
    const issues = [
      ...inPlainWords(questions.error?.issues ?? [], content.questions).map((issue) => ({
        ...issue,
        part: 'questions',
      })),
      ...inPlainWords(plan.error?.issues ?? [], content.plan).map((issue) => ({ ...issue, part: 'plan' })),
    ]
    return {
      set: undefined,
      problems: [
        ...issues.map(({ part, path, message }) => at([part, ...path].join('.'), message)),
        ...otherSlug.filter(() => plan.success),
      ],
    }
  }
  const set = { questions: questions.data, plan: plan.data }
  const found = checkQuestionSet(set).map(({ place, message }) => at(pathOfPlace(place, set), asSentence(message)))
  return { set, problems: [...found, ...otherSlug, ...(found.length > 0 ? [] : uncompiled(set.questions, at))] }
}

// Names and codes are written as they are, at the beginning of a sentence too.
const beginsInWords = /^(a|all|functions|it|its|max|more|no|only|the|there|this) /

const asSentence = (text: string) =>
  `${beginsInWords.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text}${/[.?!]$/.test(text) ? '' : '.'}`

/** Whatever the check of answers refuses besides. */
function uncompiled(questions: Questions, at: (place: string, message: string) => DraftProblem): DraftProblem[] {
  try {
    compileDefinition(questions)
    return []
  } catch (error) {
    return [at('questions', asSentence(error instanceof Error ? error.message : String(error)))]
  }
}

export interface Advice {
  advice: DraftProblem[]
  /** Undefined where there are too many ways through the questionnaire. */
  estimate: Estimate | undefined
}

// The estimate walks every way through the questionnaire, at some 15 microseconds a question; the server does nothing else meanwhile.
const mostSteps = 20_000

/** At most so many elements are looked at on all ways together. */
function countSteps({ pages }: Questions): number {
  const elements = pages.flatMap((page) => page.elements)
  const conditions = [...pages, ...elements].flatMap(({ visibleIf }) => (visibleIf === undefined ? [] : [visibleIf]))
  const gates = new Set(conditions.flatMap(questionsIn))
  const ways = pages
    .flatMap(questionsOf)
    .filter(({ name }) => gates.has(name))
    // No answer, each code, and all of them at once; of a number its limits.
    .reduce((product, question) => product * (codesOf(question).length + 2), 1)
  return ways * elements.length
}

/** What is worth a thought before a valid draft is published; `earlier`: the published versions. */
export function adviseOnDraft(set: QuestionSet, earlier: readonly { version: number; questions: Questions }[]): Advice {
  const advise = (place: string, message: string): DraftProblem => ({
    place,
    where: describePlace(place, { questions: { ...set.questions }, plan: { ...set.plan } }),
    message,
    severity: 'advice',
  })
  const reused = listReusedCodes(earlier, set.questions).map(({ place, message }) => advise(place, message))
  if (countSteps(set.questions) > mostSteps)
    return {
      advice: [
        ...reused,
        advise('questions', 'There are too many ways through the questionnaire to estimate the time.'),
      ],
      estimate: undefined,
    }
  const time = estimate(set.questions)
  const minutes = Math.ceil(promisedSeconds(set, time) / 6) / 10
  const late =
    minutes > set.plan.minutes
      ? [advise('plan.minutes', `Answering takes about ${minutes} minutes; people are told ${set.plan.minutes}.`)]
      : []
  return { advice: [...reused, ...late], estimate: time }
}
