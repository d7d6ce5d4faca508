import type { AnalysisPlan, Answers, Questions } from '../../surveys/question-set.ts'

/** What GET …/questionnaire answers. */
export interface Questionnaire {
  questions: Questions
  answers: Answers
  revision: number
  closesAt: string
  hints: Record<string, string>
  states: AnalysisPlan['states']
  /** Names the response that a first save through a shared link makes. */
  begin?: string
}

export interface AnswerProblem {
  question: string
  place: string
  message: string
}

export interface ChangedElsewhere {
  kind: 'changed_elsewhere'
  answers: Answers
  revision: number
  /** Names of the answers that differ. */
  questions: string[]
}

export type SaveResult =
  | { kind: 'saved'; revision: number; link?: string; elsewhere?: Answers }
  | { kind: 'refused'; problems: AnswerProblem[]; link?: string }
  | ChangedElsewhere
  | { kind: 'not_connected' }
  /** The collection has closed or the link no longer works: the page that says so is the server's. */
  | { kind: 'gone' }

export interface Save {
  /** The revision that the changes were made from. */
  revision: number
  /** The changed answers; null takes one back. */
  answers: Answers
  begin?: string
}

interface SaveReply {
  revision?: number
  link?: string
  elsewhere?: Answers
  error?: { code: string; details?: unknown }
}

export async function fetchQuestionnaire(endpoint: string): Promise<Questionnaire | undefined> {
  try {
    const answer = await fetch(`${endpoint}/questionnaire`, { headers: { accept: 'application/json' } })
    return answer.ok ? ((await answer.json()) as Questionnaire) : undefined
  } catch {
    return undefined
  }
}

export async function saveAnswers(endpoint: string, save: Save): Promise<SaveResult> {
  let answer: Response
  try {
    // keepalive: the last save of someone who closes the page is sent all the same.
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    answer = await fetch(`${endpoint}/answers`, {
      method: 'PATCH',
      headers,
      body: JSON.stringify(save),
      keepalive: true,
    })
  } catch {
    return { kind: 'not_connected' }
  }
  const body = (await answer.json().catch(() => ({}))) as SaveReply
  return readReply(answer, body)
}

function readReply({ ok, status }: Response, { revision, link, elsewhere, error }: SaveReply): SaveResult {
  if (ok && revision !== undefined) return { kind: 'saved', revision, link, elsewhere }
  if (error?.code === 'invalid_answers' || error?.code === 'no_answer')
    return { kind: 'refused', problems: error.details as AnswerProblem[] }
  if (error?.code === 'changed_elsewhere')
    return { kind: 'changed_elsewhere', ...(error.details as Omit<ChangedElsewhere, 'kind'>) }
  return status >= 500 || status === 429 ? { kind: 'not_connected' } : { kind: 'gone' }
}
