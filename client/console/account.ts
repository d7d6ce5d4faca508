import { useRouteLoaderData } from 'react-router'
import type { Account } from '../../server/accounts/schema.ts'
import { get } from './api.ts'

/** Who is signed in, as the server says. */
export const loadAccount = () => get<Account>('/api/account')

/** Who is signed in: read once, by the root of all pages. */
export function useAccount(): Account {
  const account = useRouteLoaderData<Account>('root')
  if (!account) throw new Error('useAccount is for pages below the root route')
  return account
}
