import type { LoaderFunctionArgs } from 'react-router'
import type { QuestionSetVersionDetail } from '../../../server/question-sets/schema.ts'
import type { Results } from '../../../server/results/schema.ts'
import { get } from '../api.ts'

/** What results are split by: nothing, a breakdown's id, or `cross`. */
export const splitOf = (url: URL | URLSearchParams): string => (url instanceof URL ? url.searchParams : url).get('by') ?? ''

const queryOf = (split: string): Record<string, string> => (split === '' ? {} : split === 'cross' ? { cross: 'true' } : { breakdown: split })

/** The permanent address of a table as data. */
export function resultsAddress(id: string, split: string, format?: 'csv' | 'json'): string {
  const query = new URLSearchParams({ ...queryOf(split), ...(format ? { format } : {}) }).toString()
  return `/api/collections/${id}/results${query ? `?${query}` : ''}`
}

export async function loadResults({ params, request }: LoaderFunctionArgs) {
  const split = splitOf(new URL(request.url))
  const results = await get<Results>(resultsAddress(params.id ?? '', split))
  const { questionSet, version } = results.collection
  const { plan, title } = await get<QuestionSetVersionDetail>(`/api/question-sets/${questionSet}/versions/${version}`)
  return { results, plan, questionSetTitle: title, split }
}
export type LoadedResults = Awaited<ReturnType<typeof loadResults>>
