import type { CollectionView } from '../../../server/collections/schema.ts'

/** That one message was put into the outbox, in a sentence without a full stop: one that waits for the end of a pause is not on its way. */
export const onItsWay = (what: string, to: string, { pausedAt }: Pick<CollectionView, 'pausedAt'>): string =>
  pausedAt === null ? `${what} is on its way to ${to}` : `${what} to ${to} waits: sending is paused`
