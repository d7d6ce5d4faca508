import { createPortal } from 'react-dom'
import { NavLink } from 'react-router'
import type { Account } from '../../server/accounts/schema.ts'

const links: { to: string; text: string; roles: Account['role'][] }[] = [
  { to: '/console/collections', text: 'Collections', roles: ['admin'] },
  { to: '/console/results', text: 'Results', roles: ['admin', 'reviewer', 'analyst'] },
  { to: '/console/question-sets', text: 'Question sets', roles: ['admin', 'analyst'] },
  { to: '/console/staff', text: 'Staff', roles: ['admin'] },
  { to: '/console/audit-log', text: 'Audit log', roles: ['admin'] },
]

/** Drawn above the main part of the page, so that the skip link passes it. */
export function Navigation({ account }: { account: Account }) {
  const place = document.getElementById('console-navigation')
  return (
    place &&
    createPortal(
      <div className="app-navigation">
        <nav aria-label="Menu">
          <ul className="app-navigation__list">
            {links
              .filter(({ roles }) => roles.includes(account.role))
              .map(({ to, text }) => (
                <li key={to}>
                  <NavLink to={to} className="app-navigation__link">
                    {text}
                  </NavLink>
                </li>
              ))}
          </ul>
        </nav>
        <section aria-label="Your account">
          <form method="post" action="/sign-out" className="app-navigation__account">
            <span>{account.email}</span>
            <button type="submit" className="app-link-button">
              Sign out
            </button>
          </form>
        </section>
      </div>,
      place,
    )
  )
}
