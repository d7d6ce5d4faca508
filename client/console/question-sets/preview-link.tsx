import { useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Labelled } from '../../components/form-group.tsx'

/** An address to copy, by the button or by hand. */
export function PreviewLink({ url }: { url: string }) {
  const input = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState('')
  async function copy() {
    input.current?.select()
    // Browsers let a page write to the clipboard only over HTTPS or on the same machine.
    const clipboard = navigator.clipboard as Clipboard | undefined
    const copied = await clipboard?.writeText(url).then(
      () => true,
      () => false,
    )
    setSaid(copied ? 'Copied.' : 'The link is selected: copy it with your keyboard.')
  }
  return (
    <section className="app-section app-no-print">
      <h2 className="govuk-heading-m">Show it to others</h2>
      <Labelled
        id="preview-link"
        label="Preview link"
        hint="Whoever has this link sees the questions, without signing in, and can pass it on. Nothing that is entered there is kept."
      >
        {(describedBy) => (
          <input
            className="govuk-input"
            id="preview-link"
            readOnly
            value={url}
            ref={input}
            aria-describedby={describedBy}
          />
        )}
      </Labelled>
      <Button kind="secondary" onClick={() => void copy()}>
        Copy the preview link
      </Button>
      <p className="govuk-body" role="status">
        {said}
      </p>
    </section>
  )
}
