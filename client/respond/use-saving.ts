import { useEffect, useState } from 'react'
import type { ChangedElsewhere } from '../../server/responses/schema.ts'
import type { Saving } from './saving.ts'
import type { SaveResult } from './server.ts'

const time = () => new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })

const words: Partial<Record<SaveResult['kind'], () => string>> = {
  saved: () => `Saved at ${time()}`,
  refused: () => 'An answer is not saved yet. Choose Continue to see what is wrong.',
  not_connected: () => 'Not connected: not saved yet. What you typed is still on this page.',
}

/** What the last save came to: a line to read, an answer that was changed elsewhere, a personal link that was issued. */
export function useSaving(saving: Saving) {
  const [status, setStatus] = useState('')
  const [conflict, setConflict] = useState<ChangedElsewhere>()
  const [link, setLink] = useState<string>()

  useEffect(
    () =>
      saving.subscribe((result) => {
        setStatus(words[result.kind]?.() ?? '')
        if (result.kind === 'changed_elsewhere') setConflict(result)
        if (result.kind === 'gone') location.assign(saving.endpoint)
        if ('link' in result && result.link) {
          setLink(result.link)
          // From here on the answers live at another address: reloading must find them.
          history.replaceState(null, '', location.pathname.replace(/^\/c\/[^/]+/, result.link))
        }
      }),
    [saving],
  )

  const resolve = (choose: (conflict: ChangedElsewhere) => void) => () => {
    if (conflict) choose(conflict)
    setConflict(undefined)
  }
  return {
    status,
    link,
    conflict,
    keepMine: resolve((found) => saving.keepMine(found)),
    takeTheirs: resolve((found) => saving.takeTheirs(found)),
  }
}
