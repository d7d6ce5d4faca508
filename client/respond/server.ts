import type { ChangedElsewhere, Questionnaire, Saved, SaveRequest } from '../../server/responses/schema.ts'
import type { AnswerProblem } from '../../surveys/definition/definition.ts'

export type SaveResult =
  | ({ kind: 'saved' } & Omit<Saved, 'savedAt'>)
  | { kind: 'refused'; problems: AnswerProblem[]; link?: string }
  | ({ kind: 'changed_elsewhere' } & ChangedElsewhere)
  | { kind: 'not_connected' }
  /** The collection has closed or the link no longer works: the page that says so is the server's. */
  | { kind: 'gone' }

type SaveReply = Partial<Saved> & { error?: { code: string; details?: unknown } }

export async function fetchQuestionnaire(endpoint: string): Promise<Questionnaire | undefined> {
  try {
    const answer = await fetch(`${endpoint}/questionnaire`, { headers: { accept: 'application/json' } })
    return answer.ok ? ((await answer.json()) as Questionnaire) : undefined
  } catch {
    return undefined
  }
}

export async function saveAnswers(endpoint: string, save: SaveRequest): Promise<SaveResult> {
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
  if (error?.code === 'changed_elsewhere') return { kind: 'changed_elsewhere', ...(error.details as ChangedElsewhere) }
  return status >= 500 || status === 429 ? { kind: 'not_connected' } : { kind: 'gone' }
}
