// A question set that somebody hands in as a file: ours, or SurveyJS's, or why not. Nothing here stores anything.
import type { Problem } from '../../../surveys/checking/check-question-set.ts'
import { questionsSchema, type AnalysisPlan, type Questions } from '../../../surveys/question-set.ts'
import { compileDefinition } from '../../../surveys/definition/definition.ts'
import { convertSurvey } from './convert-survey.ts'
import { findAttacks } from './find-attacks.ts'
import { proposePlan } from './propose-plan.ts'
import { notOurs, readJson } from './read-json.ts'
import { isObject, tellOthers, type Source, type Tell } from './source.ts'

interface Read {
  ok: true
  /** What could not be kept, at most 1,000, and the number of the others. */
  lost: Problem[]
}
/** `{"footbridge": 1, "questions": {…}, "plan": {…}}` as it stands in the file: it may be a draft that is not finished. */
interface OurFileRead extends Read {
  kind: 'footbridge'
  questions: Source
  plan: Source
}
/** Questions alone, converted, with a plan to begin with: they keep the contract and compile. */
export interface SurveyRead extends Read {
  kind: 'surveyjs'
  questions: Questions
  plan: AnalysisPlan
}
export type QuestionSetFile = OurFileRead | SurveyRead | { ok: false; problems: Problem[] }

const mostTold = 1000

/** Reads a file of at most 1 MB. All that it finds wrong is in the answer, by place: `file`, or a path such as `pages.0.title`. */
export function readQuestionSetFile(bytes: Uint8Array | string): QuestionSetFile {
  const read = readJson(bytes)
  if ('problem' in read) return refuse(read.problem)
  const { file } = read
  const attacks = findAttacks(file)
  if (attacks.length > 0) return refuse(...attacks)
  if ('footbridge' in file) return readOurs(file)
  const lists = ['pages', 'elements', 'questions'].map((key) => file[key])
  return lists.some(Array.isArray) ? readSurvey(file) : refuse({ place: 'file', message: notOurs })
}

const refuse = (...problems: Problem[]): QuestionSetFile => ({ ok: false, problems: atMost(problems) })

function readOurs(file: Source): QuestionSetFile {
  if (file.footbridge !== 1)
    return refuse({ place: 'footbridge', message: 'only version 1 of the format can be read: "footbridge": 1' })
  const { questions, plan } = file
  if (!isObject(questions)) return refuse({ place: 'questions', message: 'the questions are missing' })
  if (plan !== undefined && !isObject(plan)) return refuse({ place: 'plan', message: 'this is not an analysis plan' })
  const lost: Problem[] = []
  const tell: Tell = (place, message) => lost.push({ place, message })
  // The number and hash of the version that was exported are for people: a draft gets its own.
  tellOthers(file, '', ['footbridge', 'questions', 'plan', 'version', 'sha256'], tell)
  if (!plan) tell('plan', proposed)
  const begun = () => proposePlan(questionsSchema.safeParse(questions).data ?? { title: '', pages: [] })
  return { ok: true, kind: 'footbridge', questions, plan: plan ?? begun(), lost: atMost(lost) }
}

const proposed = 'the file has no analysis plan: one to begin with is proposed'

function readSurvey(survey: Source): QuestionSetFile {
  const converted = convertSurvey(survey)
  if ('problems' in converted) return refuse(...converted.problems)
  const read = questionsSchema.safeParse(converted.questions)
  if (!read.success)
    return refuse(
      ...read.error.issues.map(({ path, message }) => ({ place: ['questions', ...path].join('.'), message })),
    )
  const questions = read.data
  try {
    compileDefinition(questions)
  } catch (error) {
    return refuse({ place: 'questions', message: (error as Error).message })
  }
  const lost = atMost([...converted.lost, { place: 'plan', message: proposed }])
  return { ok: true, kind: 'surveyjs', questions, plan: proposePlan(questions), lost }
}

function atMost(told: Problem[]): Problem[] {
  if (told.length <= mostTold) return told
  return [...told.slice(0, mostTold), { place: 'file', message: `and ${told.length - mostTold} more` }]
}
