import { useRef, useState } from 'react'
import type { z } from 'zod'
import type { CollectionView } from '../../../server/collections/schema.ts'
import type { previewSchema, testSentSchema } from '../../../server/message-templates/schema.ts'
import { post, put } from '../api.ts'
import { useSend } from '../use-send.ts'
import type { TemplateView } from './messages-page.tsx'
import { onItsWay } from '../collections/page-top.tsx'

export type Preview = z.infer<typeof previewSchema>

const fieldOf = (place: string) => (['subject', 'body', 'to', 'locationId'].includes(place) ? place : undefined)

/** What can be done with the words of one message; the form holds what is typed and not saved. */
export function useTemplate(address: string, { revision }: Pick<TemplateView, 'revision'>, collection: CollectionView) {
  const form = useRef<HTMLFormElement>(null)
  const { send, busy, problems, setProblems, problemOf } = useSend()
  const [preview, setPreview] = useState<Preview>()
  const [done, setDone] = useState<string>()

  const text = (name: string) => {
    const value = form.current && new FormData(form.current).get(name)
    return typeof value === 'string' ? value : ''
  }
  const words = () => ({ subject: text('subject'), body: text('body') })

  async function run<T>(change: () => Promise<T>, say: (result: T) => string | undefined) {
    setDone(undefined)
    const result = await send(change, fieldOf)
    if (result !== undefined) setDone(say(result))
    return result
  }
  return {
    form,
    busy,
    problems,
    problemOf,
    preview,
    done,
    save: () =>
      run(
        () => put(address, { ...words(), revision }),
        () => 'The words are saved',
      ),
    restore: () =>
      run(
        () => post(`${address}/restore`, { revision }),
        () => 'The standard words are back',
      ),
    show: async () => {
      const locationId = text('locationId').trim()
      const body = { ...words(), ...(locationId === '' ? {} : { locationId }) }
      const shown = await run(
        () => post<Preview>(`${address}/preview`, body),
        () => undefined,
      )
      setPreview(shown)
      if (shown) setProblems(shown.faults.map(({ place, message }) => ({ field: place, message })))
    },
    test: () => {
      const to = text('to').trim()
      return run(
        () => post<z.infer<typeof testSentSchema>>(`${address}/test`, to === '' ? {} : { to }),
        (sent) => onItsWay('A test of the saved words', sent.to, collection),
      )
    },
  }
}
