import { useEffect } from 'react'

/** The page's own back link, made to save before it leads back. */
export function useBackLink(address: string, onBack: () => void): void {
  useEffect(() => {
    const link = document.querySelector<HTMLAnchorElement>('.govuk-back-link')
    if (!link) return
    link.href = address
    const onClick = (event: MouseEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      onBack()
    }
    link.addEventListener('click', onClick)
    return () => link.removeEventListener('click', onClick)
  })
}
