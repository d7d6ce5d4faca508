import type { LoaderFunctionArgs } from 'react-router'
import type { CollectionView } from '../../../server/collections/schema.ts'
import type { Progress } from '../../../server/progress/schema.ts'
import type { Snapshot } from '../../../server/results/schema.ts'
import { get } from '../api.ts'

export const collectionAddress = (id = '') => `/api/collections/${id}`

export const loadCollections = () => get<{ collections: CollectionView[] }>('/api/collections')

export const loadCollection = ({ params }: LoaderFunctionArgs) => get<CollectionView>(collectionAddress(params.id))

export async function loadOverview(args: LoaderFunctionArgs) {
  const address = collectionAddress(args.params.id)
  const [collection, progress, snapshots] = await Promise.all([
    loadCollection(args),
    get<Progress>(`${address}/progress`),
    get<Snapshot[]>(`${address}/snapshots`),
  ])
  return { collection, progress, snapshots }
}
