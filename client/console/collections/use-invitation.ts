import { useState } from 'react'
import { correctionSchema } from '../../../server/distribution/schema/delivery.ts'
import { post, put } from '../api.ts'
import { checkForm, useSend } from '../use-send.ts'

export interface Disposition {
  disposition: string
  fromEvents: string
  set: string | null
  reason: string | null
}

const fieldOf = (place: string) => place.split('.')[0]

/** Correcting the contact of an invitation, and saying by hand what became of it. */
export function useInvitation(address: string) {
  const sending = useSend()
  const { send, setProblems } = sending
  const [done, setDone] = useState('')

  async function correct(fields: FormData) {
    setDone('')
    const checked = checkForm(correctionSchema, { email: fields.get('email'), name: fields.get('name') })
    if (!checked.data) return setProblems(checked.problems)
    const saved = await send(() => put(`${address}/contact`, checked.data), fieldOf)
    if (saved) setDone(`The contact is corrected. The link is on its way to ${checked.data.email}.`)
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
    const sent = await send(() => post(`${address}/link-again`))
    if (sent) setDone('The link is on its way again.')
  }
  return { ...sending, done, correct, setByHand, sendAgain }
}
