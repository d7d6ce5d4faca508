import type { LoaderFunctionArgs } from 'react-router'
import type { CollectionView } from '../../../server/collections/schema.ts'
import type { QuestionSetVersionDetail } from '../../../server/question-sets/schema/versions.ts'
import type { Results } from '../../../server/results/schema.ts'
import type { AnalysisPlan } from '../../../surveys/question-set.ts'
import { get } from '../api.ts'

/** What results are split by: nothing, a breakdown's id, or `cross`. */
const splitOf = (url: URL | URLSearchParams): string => (url instanceof URL ? url.searchParams : url).get('by') ?? ''

const queryOf = (split: string): Record<string, string> =>
  split === '' ? {} : split === 'cross' ? { cross: 'true' } : { breakdown: split }

/** The permanent address of a table as data. */
export function resultsAddress(id: string, split: string, format?: 'csv' | 'json'): string {
  const query = new URLSearchParams({ ...queryOf(split), ...(format ? { format } : {}) }).toString()
  return `/api/collections/${id}/results${query ? `?${query}` : ''}`
}

export async function loadResults({ params, request }: LoaderFunctionArgs) {
  const split = splitOf(new URL(request.url))
  const id = params.id ?? ''
  const [results, collection] = await Promise.all([
    get<Results>(resultsAddress(id, split)),
    get<CollectionView>(`/api/collections/${id}`),
  ])
  const { questionSet, version } = results.collection
  const { plan, title } = await get<QuestionSetVersionDetail>(`/api/question-sets/${questionSet}/versions/${version}`)
  return { results, plan, questionSetTitle: title, split, collection, regions: await loadRegions(id, plan, split) }
}
/** A hidden system is shown with its region's figure. */
async function loadRegions(id: string, plan: AnalysisPlan, split: string): Promise<Results | undefined> {
  const from = (source: string) => plan.breakdowns.find((breakdown) => breakdown.from === source)?.id
  const region = from('region')
  return split === from('system') && region ? get<Results>(resultsAddress(id, region)) : undefined
}

export type LoadedResults = Awaited<ReturnType<typeof loadResults>>
