import { createBrowserRouter, redirect, type RouteObject } from 'react-router'
import { loadAccount } from './account.ts'
import { AuditLogPage, loadAuditLog } from './accounts/audit-log-page.tsx'
import { loadStaff, StaffPage } from './accounts/staff-page.tsx'
import { ClosePage } from './collections/close-page.tsx'
import { CoordinatorPage, loadCoordinator } from './cascade/coordinator-page.tsx'
import { CoordinatorsPage, loadCoordinators } from './cascade/coordinators-page.tsx'
import { DeliveryReportsPage, loadDeliveryReports } from './invitations/delivery-reports-page.tsx'
import { FlagsPage, loadFlags } from './cascade/flags-page.tsx'
import { FramePage } from './frame/frame-page.tsx'
import { InvitationPage, loadInvitation } from './invitations/invitation-page.tsx'
import { InvitationsPage, loadInvitations } from './invitations/invitations-page.tsx'
import { LinksPage, loadLinks } from './cascade/links-page.tsx'
import { CollectionsPage } from './collections/list-page.tsx'
import { loadCollection, loadCollections, loadOverview } from './collections/load.ts'
import { loadMessage, MessagePage } from './message-templates/message-page.tsx'
import { loadMessages, MessagesPage } from './message-templates/messages-page.tsx'
import { loadNewCollection, NewCollectionPage } from './collections/new-page.tsx'
import { OpenPage } from './fielding/open-page.tsx'
import { CollectionPage } from './collections/overview-page.tsx'
import { loadProgress, ProgressPage } from './progress/progress-page.tsx'
import { loadSchedule, SchedulePage } from './invitations/schedule-page.tsx'
import { loadSnapshots, SnapshotsPage } from './results/snapshots-page.tsx'
import { loadUndelivered, UndeliveredPage } from './invitations/undelivered-page.tsx'
import { loadMove, MovePage } from './collections/version-page.tsx'
import { Layout, PageError, Starting } from './layout.tsx'
import { DraftPage, loadDraft } from './question-sets/draft-page.tsx'
import { loadQuestionSets, QuestionSetsPage } from './question-sets/list-page.tsx'
import { NewQuestionSetPage } from './question-sets/new-page.tsx'
import { DraftPreviewPage, loadDraftPreview, loadPreview, PreviewPage } from './question-sets/preview-page.tsx'
import { loadTestResponses, TestResponsesPage } from './question-sets/test-responses-page.tsx'
import { loadVersion, VersionPage } from './question-sets/version-page.tsx'
import { FigurePage } from './results/figure-page.tsx'
import { ResultsListPage } from './results/list-page.tsx'
import { loadResults } from './results/load.ts'
import { ResultsPage } from './results/overview-page.tsx'

const pages: RouteObject[] = [
  {
    index: true,
    loader: async () => redirect((await loadAccount()).role === 'admin' ? '/console/collections' : '/console/results'),
  },
  { path: 'collections', loader: loadCollections, Component: CollectionsPage },
  { path: 'collections/new', loader: loadNewCollection, Component: NewCollectionPage },
  { path: 'collections/:id', loader: loadOverview, Component: CollectionPage },
  { path: 'collections/:id/frame', loader: loadCollection, Component: FramePage },
  { path: 'collections/:id/open', loader: loadCollection, Component: OpenPage },
  { path: 'collections/:id/invitations', loader: loadInvitations, Component: InvitationsPage },
  { path: 'collections/:id/schedule', loader: loadSchedule, Component: SchedulePage },
  { path: 'collections/:id/invitations/:invitation', loader: loadInvitation, Component: InvitationPage },
  { path: 'collections/:id/undelivered', loader: loadUndelivered, Component: UndeliveredPage },
  { path: 'delivery-reports', loader: loadDeliveryReports, Component: DeliveryReportsPage },
  { path: 'collections/:id/links', loader: loadLinks, Component: LinksPage },
  { path: 'collections/:id/flags', loader: loadFlags, Component: FlagsPage },
  { path: 'collections/:id/coordinators', loader: loadCoordinators, Component: CoordinatorsPage },
  { path: 'collections/:id/coordinators/:link', loader: loadCoordinator, Component: CoordinatorPage },
  { path: 'collections/:id/progress', loader: loadProgress, Component: ProgressPage },
  { path: 'collections/:id/messages', loader: loadMessages, Component: MessagesPage },
  { path: 'collections/:id/messages/:kind', loader: loadMessage, Component: MessagePage },
  { path: 'collections/:id/version', loader: loadMove, Component: MovePage },
  { path: 'collections/:id/close', loader: loadCollection, Component: ClosePage },
  { path: 'collections/:id/snapshots', loader: loadSnapshots, Component: SnapshotsPage },
  { path: 'results', loader: loadCollections, Component: ResultsListPage },
  { path: 'results/:id', loader: loadResults, Component: ResultsPage },
  { path: 'results/:id/:figure', loader: loadResults, Component: FigurePage },
  { path: 'question-sets', loader: loadQuestionSets, Component: QuestionSetsPage },
  { path: 'question-sets/new', Component: NewQuestionSetPage },
  { path: 'question-sets/:slug/draft', loader: loadDraft, Component: DraftPage },
  {
    path: 'question-sets/:slug/draft/edit',
    // SurveyJS is large: only who edits waits for it.
    lazy: async () => {
      const { EditorPage, loadEditor } = await import('./question-sets/editor/editor-page.tsx')
      return { Component: EditorPage, loader: loadEditor }
    },
    // What is being edited is on the page; from part to part nothing is read again.
    shouldRevalidate: ({ currentUrl, nextUrl }) => currentUrl.pathname !== nextUrl.pathname,
  },
  { path: 'question-sets/:slug/draft/preview', loader: loadDraftPreview, Component: DraftPreviewPage },
  { path: 'question-sets/:slug/test-responses', loader: loadTestResponses, Component: TestResponsesPage },
  { path: 'question-sets/:slug/:version', loader: loadVersion, Component: VersionPage },
  { path: 'question-sets/:slug/:version/preview', loader: loadPreview, Component: PreviewPage },
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
