import type { ButtonHTMLAttributes } from 'react'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'primary' | 'secondary' | 'warning'
  /** While something is being done: pressed again, nothing happens, but the focus stays. */
  busy?: boolean
}

export function Button({ kind = 'primary', busy = false, onClick, children, type = 'button', ...rest }: ButtonProps) {
  const look = kind === 'primary' ? '' : ` govuk-button--${kind}`
  return (
    <button
      {...rest}
      type={type}
      className={`govuk-button${look}`}
      aria-disabled={busy || rest['aria-disabled']}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {children}
    </button>
  )
}
