import { createBrowserRouter, redirect, type RouteObject } from 'react-router'
import type { Account } from '../../server/accounts/schema.ts'
import { AuditLogPage, loadAuditLog } from './accounts/audit-log-page.tsx'
import { loadStaff, StaffPage } from './accounts/staff-page.tsx'
import { get } from './api.ts'
import { Layout, PageError, Starting } from './layout.tsx'
import { loadQuestionSets, QuestionSetsPage } from './question-sets/list-page.tsx'
import { PreviewPage } from './question-sets/preview-page.tsx'
import { loadVersion, VersionPage } from './question-sets/version-page.tsx'

const loadAccount = () => get<Account>('/api/account')

const pages: RouteObject[] = [
  { index: true, loader: async () => redirect((await loadAccount()).role === 'admin' ? '/console/collections' : '/console/results') },
  { path: 'question-sets', loader: loadQuestionSets, Component: QuestionSetsPage },
  { path: 'question-sets/:slug/:version', loader: loadVersion, Component: VersionPage },
  { path: 'question-sets/:slug/:version/preview', loader: loadVersion, Component: PreviewPage },
  { path: 'staff', loader: loadStaff, Component: StaffPage },
  { path: 'audit-log', loader: loadAuditLog, Component: AuditLogPage },
  { path: '*', Component: PageError },
]

/** Every address of the console. */
export const createConsoleRouter = () =>
  createBrowserRouter([
    {
      id: 'root',
      path: '/console',
      loader: loadAccount,
      // Who is signed in does not change while the console is open.
      shouldRevalidate: () => false,
      Component: Layout,
      ErrorBoundary: PageError,
      HydrateFallback: Starting,
      children: [{ ErrorBoundary: PageError, children: pages }],
    },
  ])
