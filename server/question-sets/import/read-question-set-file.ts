// A question set that somebody hands in as a file: ours, or SurveyJS's, or why not. Nothing here stores anything.
import type { Problem } from '../../../surveys/checking/check-question-set.ts'
import {
  analysisPlanSchema,
  questionsSchema,
  type AnalysisPlan,
  type Questions,
} from '../../../surveys/question-set.ts'
import { compileDefinition } from '../../../surveys/definition/definition.ts'
import { problemsOf } from './check-contract.ts'
import { convertSurvey } from './convert-survey.ts'
import { decodeFile } from './decode-file.ts'
import { findAttacks } from './find-attacks.ts'
import { readJson } from './json-text.ts'
import { proposePlan } from './propose-plan.ts'
import { recogniseObject } from './recognise-file.ts'
import { isObject, tellOthers, type Lost, type Source, type Tell } from './source.ts'

export type { Lost, Problem }

interface Read {
  ok: true
  /** What could not be kept, at most 1,000, and the number of the others. */
  lost: Lost[]
  /** What the contract still misses, at most 1,000: of a file of ours, which may be a draft that is not finished. */
  unfinished: Problem[]
}
/** `{"footbridge": 1, "questions": {…}, "plan": {…}}`: as it stands in the file, where `unfinished` is not empty. */
export interface OurFileRead extends Read {
  kind: 'footbridge'
  questions: Questions | Source
  plan: AnalysisPlan | Source
}
/** Questions alone, converted, with a plan to begin with: they keep the contract and compile. */
export interface SurveyRead extends Read {
  kind: 'surveyjs'
  questions: Questions
  plan: AnalysisPlan
}
export type QuestionSetRead = OurFileRead | SurveyRead
export type QuestionSetFile = QuestionSetRead | { ok: false; problems: Problem[] }

const mostTold = 1000

/** Reads a file of at most 1 MB. All that it finds wrong is in the answer, by place: `file`, a line and column, or a path such as `pages.0.title`. */
export function readQuestionSetFile(file: Uint8Array | string): QuestionSetFile {
  const decoded = decodeFile(file)
  if ('problem' in decoded) return refuse(decoded.problem)
  const read = readJson(decoded.text)
  if ('problem' in read) return refuse(read.problem)
  const { value } = read
  if (!isObject(value))
    return refuse({ place: 'file', message: `a question set is one object in { }, not ${nameOf(value)}` })
  const attacks = findAttacks(value)
  if (attacks.length > 0) return refuse(...attacks)
  if ('footbridge' in value) return readOurs(value)
  const other = recogniseObject(value)
  if (other !== undefined) return refuse({ place: 'file', message: `this is ${other}` })
  const lists = ['pages', 'elements', 'questions'].map((key) => value[key])
  return lists.some(Array.isArray) ? readSurvey(value) : refuse(notOurs)
}

const notOurs: Problem = {
  place: 'file',
  message: 'this is neither a question set ("footbridge": 1) nor a SurveyJS questionnaire ("pages" with "elements")',
}

const refuse = (...problems: Problem[]): QuestionSetFile => ({ ok: false, problems: atMost(problems) })

const nameOf = (value: unknown) => (Array.isArray(value) ? 'a list' : JSON.stringify(value).slice(0, 60))

function readOurs(file: Source): QuestionSetFile {
  if (file.footbridge !== 1)
    return refuse({ place: 'footbridge', message: 'only version 1 of the format can be read: "footbridge": 1' })
  const { questions, plan } = file
  if (!isObject(questions)) return refuse({ place: 'questions', message: 'the questions are missing' })
  if (plan !== undefined && !isObject(plan)) return refuse({ place: 'plan', message: 'this is not an analysis plan' })
  const lost: Lost[] = []
  const tell: Tell = (place, message) => lost.push({ place, message })
  // The number and hash of the version that was exported are for people: a draft gets its own.
  tellOthers(file, '', ['footbridge', 'questions', 'plan', 'version', 'sha256'], tell)
  if (!plan) tell('plan', proposed)
  const read = questionsSchema.safeParse(questions)
  const kept = plan ?? proposePlan(read.data ?? { title: '', pages: [] })
  const readPlan = analysisPlanSchema.safeParse(kept)
  const unfinished = [
    ...(read.success ? compileProblems(read.data) : problemsOf(read.error, 'questions')),
    ...(readPlan.success ? [] : problemsOf(readPlan.error, 'plan')),
  ]
  const [trimmed, trimmedPlan] = [read.data ?? questions, readPlan.data ?? kept]
  const told = { lost: atMost(lost), unfinished: atMost(unfinished) }
  return { ok: true, kind: 'footbridge', questions: trimmed, plan: trimmedPlan, ...told }
}

const proposed = 'the file has no analysis plan: one to begin with is proposed'

function readSurvey(survey: Source): QuestionSetFile {
  const converted = convertSurvey(survey)
  if ('problems' in converted) return refuse(...converted.problems)
  const questions = questionsSchema.safeParse(converted.questions)
  if (!questions.success) return refuse(...problemsOf(questions.error, 'questions'))
  const problems = compileProblems(questions.data)
  if (problems.length > 0) return refuse(...problems)
  const lost = atMost([...converted.lost, { place: 'plan', message: proposed }])
  return {
    ok: true,
    kind: 'surveyjs',
    questions: questions.data,
    plan: proposePlan(questions.data),
    lost,
    unfinished: [],
  }
}

function compileProblems(questions: Questions): Problem[] {
  try {
    compileDefinition(questions)
    return []
  } catch (error) {
    return [{ place: 'questions', message: (error as Error).message }]
  }
}

function atMost(told: Problem[]): Problem[] {
  if (told.length <= mostTold) return told
  return [...told.slice(0, mostTold), { place: 'file', message: `and ${told.length - mostTold} more` }]
}
