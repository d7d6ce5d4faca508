const hasCaret = (element: Element | null): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === 'text')

/** Redraws the page and puts the focus, and the caret within it, back where they were. */
export function keepFocus(redraw: () => void): void {
  const before = document.activeElement
  const caret = hasCaret(before) ? ([before.selectionStart, before.selectionEnd] as const) : undefined
  redraw()
  const after = before?.id ? document.getElementById(before.id) : undefined
  if (!after || after === before) return
  after.focus({ preventScroll: true })
  if (caret && hasCaret(after)) after.setSelectionRange(...caret)
}
