import { useEffect, useRef } from 'react'
import {
  isRouteErrorResponse,
  Link,
  Outlet,
  ScrollRestoration,
  useLocation,
  useNavigation,
  useRouteError,
} from 'react-router'
import { focusHeading, PageHeading } from '../components/page-heading.tsx'
import { useAccount } from './account.ts'
import { ApiError } from './api.ts'
import { Navigation } from './navigation.tsx'

/** What every page of the console shares. A page stays until the next one is ready; then its heading has the focus. */
export function Layout() {
  const { pathname } = useLocation()
  const navigation = useNavigation()
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    focusHeading()
  }, [pathname])
  return (
    <>
      <Navigation account={useAccount()} />
      <p className="app-loading" role="status">
        {navigation.state === 'loading' ? 'Loading' : ''}
      </p>
      <Outlet />
      <ScrollRestoration />
    </>
  )
}

export const Starting = () => (
  <p className="govuk-body" role="status">
    Loading
  </p>
)

/** In place of a page that is not there, or whose data could not be read. */
export function PageError() {
  const error = useRouteError()
  const missing =
    error === undefined || ((isRouteErrorResponse(error) || error instanceof ApiError) && error.status === 404)
  return (
    <>
      <PageHeading>{missing ? 'Page not found' : 'This page cannot be shown'}</PageHeading>
      <p className="govuk-body">
        {error instanceof ApiError
          ? error.message
          : missing
            ? 'Check the address.'
            : 'Something went wrong. Try again later.'}
      </p>
      <p className="govuk-body">
        <Link className="govuk-link" to="/console">
          Go to the start of the console
        </Link>
      </p>
    </>
  )
}
