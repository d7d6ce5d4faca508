import { useEffect, useMemo, useState } from 'react'
import {
  Link,
  useBlocker,
  useLoaderData,
  useLocation,
  useNavigate,
  useSearchParams,
  type LoaderFunctionArgs,
} from 'react-router'
import type { DraftCheck, DraftView } from '../../../../server/question-sets/schema/drafts.ts'
import type { QuestionSetVersionDetail } from '../../../../server/question-sets/schema/versions.ts'
import { readDraft } from '../../../../surveys/editing/read-draft.ts'
import { Button } from '../../../components/button.tsx'
import { PageHeading } from '../../../components/page-heading.tsx'
import { get } from '../../api.ts'
import { plural } from '../../../components/format.ts'
import { EditorContext, type Editor } from './editor-context.ts'
import { frozenBy } from './frozen.ts'
import { LivePreview } from './live-preview.tsx'
import { Outline } from './outline.tsx'
import { PlanForm } from './plan-form.tsx'
import { QuestionnaireForm } from './page-form.tsx'
import { editorAddress, focusField, pathOfSelection, selectionOf } from './places.ts'
import { PartForm } from './part-form.tsx'
import { Remarks } from './remarks.tsx'
import { SaveStatus } from './save-status.tsx'
import { Trial } from './trial.tsx'
import { useAutosave } from './use-autosave.ts'
import { useHistory } from './use-history.ts'
import { useRemarks } from './use-remarks.ts'

export async function loadEditor({ params }: LoaderFunctionArgs) {
  const address = `/api/question-sets/${params.slug}`
  const [draft, check] = await Promise.all([
    get<DraftView>(`${address}/draft`),
    get<DraftCheck>(`${address}/draft/check`),
  ])
  const base =
    draft.basedOn === null ? undefined : await get<QuestionSetVersionDetail>(`${address}/versions/${draft.basedOn}`)
  return { draft, check, base }
}

/** Writing a question set: its parts in an outline, the chosen one's form, and the page as respondents get it. Saved as one goes. */
export function EditorPage() {
  const { draft, check, base } = useLoaderData<typeof loadEditor>()
  const { slug } = draft
  const address = `/api/question-sets/${slug}/draft`
  const [first] = useState(() => readDraft(draft))
  const history = useHistory(first)
  const { set } = history
  const saving = useAutosave(address, draft, set)
  const { remarks, estimate } = useRemarks(
    address,
    set,
    check,
    saving.state.kind === 'saved' ? saving.state.at : undefined,
  )
  const [parameters] = useSearchParams()
  const navigate = useNavigate()
  const path = parameters.get('at') ?? 'questions'
  const selection = selectionOf(path)
  const current = pathOfSelection(selection)
  const keepsFocus = (useLocation().state as { keepsFocus?: boolean } | null)?.keepsFocus === true
  const [wanted, setWanted] = useState<string>()
  const frozen = useMemo(() => frozenBy(base), [base])
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && saving.isUnsaved(),
  )

  // A link to a place, from the outline or from what is missing: its field, or else the heading of its form.
  useEffect(() => {
    if (keepsFocus) return
    // After a move from another page the heading is given the focus: the field has it a moment later.
    const frame = requestAnimationFrame(() =>
      path === current ? document.getElementById('editor-part')?.focus({ preventScroll: true }) : focusField(path),
    )
    return () => cancelAnimationFrame(frame)
  }, [path, current, keepsFocus])
  // The field is drawn some time after the edit that made it.
  useEffect(() => {
    if (wanted === undefined || !document.getElementById(wanted)) return
    focusField(wanted)
    setWanted(undefined)
  }, [wanted, set, path])
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    if (!saving.isUnsaved()) blocker.proceed()
    // What failed is tried again by itself, and what was stopped waits for a person.
    else if (saving.state.kind === 'saved' || saving.state.kind === 'waiting') void saving.flush()
  })

  const editor: Editor = {
    slug,
    set,
    frozen,
    remarks,
    edit: history.change,
    focusSoon: setWanted,
  }
  const go = (to: string, keepsFocus: boolean) =>
    void navigate(editorAddress(slug, to), { preventScrollReset: true, state: { keepsFocus } })
  async function takeTheirs() {
    const stored = await get<DraftView>(address)
    const theirs = readDraft(stored)
    saving.resume(stored, theirs)
    history.replace(theirs)
  }
  const keepMine = async () => saving.resume(await get<DraftView>(address))

  return (
    <EditorContext value={editor}>
      <Link className="govuk-back-link" to={`/console/question-sets/${slug}/draft`}>
        The draft: what is missing, what differs, publish
      </Link>
      <PageHeading caption={set.questions.title || slug}>Edit the draft</PageHeading>
      <SaveStatus
        state={saving.state}
        isLeaving={blocker.state === 'blocked'}
        onTakeTheirs={takeTheirs}
        onKeepMine={keepMine}
        onLeave={() => blocker.proceed?.()}
      />
      <p className="govuk-body">
        {estimate
          ? `Answering takes about ${plural(Math.ceil(estimate.usual / 60), 'minute')}, at the longest ${Math.ceil(estimate.longest / 60)}.`
          : 'How long answering takes is not known while something is missing.'}
      </p>
      <div className="govuk-button-group">
        <TakeBack words="Undo" what={history.undoes} onClick={history.undo} />
        <TakeBack words="Redo" what={history.redoes} onClick={history.redo} />
      </div>
      <div className="app-editor">
        <Outline slug={slug} set={set} current={current} remarks={remarks} />
        <div className="app-editor__form">
          {selection.part === 'pages' ? <PartForm at={selection.at} onGo={go} /> : null}
          {selection.part === 'questionnaire' ? (
            <>
              <h2 className="govuk-heading-m" id="editor-part" tabIndex={-1}>
                Title, introduction and time
              </h2>
              <QuestionnaireForm isPublished={base !== undefined} />
              <Remarks path="questions" />
            </>
          ) : null}
          {selection.part === 'plan' ? <PlanForm /> : null}
        </div>
        {selection.part === 'plan' ? (
          <Trial slug={slug} set={set} />
        ) : (
          <LivePreview set={set} at={selection.part === 'pages' ? selection.at : { page: 0 }} />
        )}
      </div>
    </EditorContext>
  )
}

function TakeBack({ words, what, onClick }: { words: string; what: string | undefined; onClick: () => void }) {
  return (
    <Button
      kind="secondary"
      aria-disabled={what === undefined || undefined}
      onClick={what === undefined ? undefined : onClick}
    >
      {words}
      {what ? `: ${what}` : ''}
    </Button>
  )
}
