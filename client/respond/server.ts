import type { Answers, Questions } from '../../surveys/question-set.ts'

/** What GET …/questionnaire answers. */
export interface Questionnaire {
  questions: Questions
  answers: Answers
  revision: number
  hints?: Record<string, string>
}

export interface AnswerProblem {
  question: string
  place: string
  message: string
}

export type SaveResult =
  | { kind: 'saved'; revision: number; link?: string }
  | { kind: 'refused'; problems: AnswerProblem[] }
  | { kind: 'changed_elsewhere'; answers: Answers; revision: number; questions: string[] }
  | { kind: 'not_connected' }
  /** The collection has closed or the link no longer works: the page that says so is the server's. */
  | { kind: 'gone' }

export async function fetchQuestionnaire(endpoint: string): Promise<Questionnaire | undefined> {
  const answer = await fetch(`${endpoint}/questionnaire`, { headers: { accept: 'application/json' } })
  return answer.ok ? ((await answer.json()) as Questionnaire) : undefined
}

/** Sends the changed answers (null takes one back) and the revision that they were made from. */
export async function saveAnswers(endpoint: string, revision: number, answers: Answers): Promise<SaveResult> {
  let answer: Response
  try {
    answer = await fetch(`${endpoint}/answers`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ revision, answers }),
      keepalive: true,
    })
  } catch {
    return { kind: 'not_connected' }
  }
  const body = (await answer.json().catch(() => ({}))) as { revision?: number; link?: string; error?: { code: string; details?: unknown } }
  if (answer.ok && body.revision !== undefined) return { kind: 'saved', revision: body.revision, link: body.link }
  if (answer.status === 400 && Array.isArray(body.error?.details)) return { kind: 'refused', problems: body.error.details as AnswerProblem[] }
  if (body.error?.code === 'changed_elsewhere') return { kind: 'changed_elsewhere', ...(body.error.details as { answers: Answers; revision: number; questions: string[] }) }
  return answer.status >= 500 || answer.status === 429 ? { kind: 'not_connected' } : { kind: 'gone' }
}
