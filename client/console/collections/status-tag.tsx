import type { CollectionView } from '../../../server/collections/schema.ts'
import { Tag, type TagColour } from '../../components/messages.tsx'

const looks: Record<CollectionView['status'], [TagColour, string]> = {
  draft: ['grey', 'Draft'],
  open: ['green', 'Open'],
  closed: ['yellow', 'Closed'],
  released: ['blue', 'Released'],
}

export function StatusTag({ status }: { status: CollectionView['status'] }) {
  const [colour, words] = looks[status]
  return <Tag colour={colour}>{words}</Tag>
}
