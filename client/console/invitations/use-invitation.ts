import { useState } from 'react'
import type { z } from 'zod'
import type { CollectionView } from '../../../server/collections/schema.ts'
import { correctionSchema } from '../../../server/invitations/schema/delivery.ts'
import type { queuedMessageSchema } from '../../../server/invitations/schema/schedule.ts'
import type { Disposition } from '../../../server/statistics/response-rates.ts'
import { post, put } from '../api.ts'
import { checkForm, useSend } from '../use-send.ts'
import { onItsWay } from '../collections/page-top.tsx'

export interface Outcome {
  disposition: Disposition
  fromEvents: Disposition
  set: Disposition | null
  reason: string | null
}

const fieldOf = (place: string) => place.split('.')[0]

/** Correcting the contact of an invitation, and saying by hand what became of it. */
export function useInvitation(address: string, collection: CollectionView) {
  const sending = useSend()
  const { send, setProblems } = sending
  const [done, setDone] = useState('')

  async function correct(fields: FormData) {
    setDone('')
    const checked = checkForm(correctionSchema, { email: fields.get('email'), name: fields.get('name') })
    if (!checked.data) return setProblems(checked.problems)
    const saved = await send(() => put(`${address}/contact`, checked.data), fieldOf)
    if (saved) setDone(`The contact is corrected. ${onItsWay('The link', checked.data.email, collection)}.`)
  }

  async function setByHand(fields: FormData) {
    setDone('')
    const disposition = fields.get('disposition')
    const given = fields.get('reason')
    const reason = typeof given === 'string' ? given.trim() : ''
    if (typeof disposition !== 'string') return setProblems([{ field: 'disposition', message: 'Choose an outcome' }])
    if (reason === '') return setProblems([{ field: 'reason', message: 'Enter a reason' }])
    const body = { disposition: disposition === 'events' ? null : disposition, reason }
    const saved = await send(() => put(`${address}/disposition`, body), fieldOf)
    if (saved) setDone('The outcome is changed.')
  }

  async function sendAgain() {
    setDone('')
    const sent = await send(() => post<z.infer<typeof queuedMessageSchema>>(`${address}/link-again`))
    if (sent) setDone(`${onItsWay('The link', sent.recipient, collection)}.`)
  }
  return { ...sending, done, correct, setByHand, sendAgain }
}
