import { Button } from '../../../components/button.tsx'
import { ErrorSummary } from '../../../components/error-summary.tsx'
import { formatDateTime } from '../../../components/format.ts'
import type { SaveState } from './use-autosave.ts'

interface SaveStatusProps {
  state: SaveState
  /** Somebody is on the way to another page, and something is not saved. */
  isLeaving: boolean
  onTakeTheirs: () => Promise<unknown>
  onKeepMine: () => Promise<unknown>
  onLeave: () => void
}

/** Whether what is shown is stored, and what to decide where it cannot be. */
export function SaveStatus({ state, isLeaving, onTakeTheirs, onKeepMine, onLeave }: SaveStatusProps) {
  if (state.kind === 'stopped')
    return (
      <>
        <ErrorSummary
          // A new list for each state: the summary takes the focus as it appears, and not with every letter.
          problems={problemsOf(state)}
        />
        <p className="govuk-body">What you changed since then is not saved. It is still on this page.</p>
        {state.code === 'changed_elsewhere' ? (
          <div className="govuk-button-group">
            <Button kind="secondary" onClick={() => void onTakeTheirs()}>
              Show what they saved, and lose what I changed since
            </Button>
            <Button kind="warning" onClick={() => void onKeepMine()}>
              Save what is on this page over theirs
            </Button>
          </div>
        ) : null}
        {isLeaving ? <LeaveButton onLeave={onLeave} /> : null}
      </>
    )
  return (
    <>
      <p className="govuk-body app-save-status" role="status">
        {state.kind === 'saved' ? `Saved ${formatDateTime(state.at)}` : null}
        {state.kind === 'waiting' ? 'Saving' : null}
        {state.kind === 'failed' ? `Not saved: ${state.message} It is tried again by itself.` : null}
      </p>
      {isLeaving && state.kind === 'failed' ? <LeaveButton onLeave={onLeave} /> : null}
    </>
  )
}

const LeaveButton = ({ onLeave }: { onLeave: () => void }) => (
  <Button kind="warning" onClick={onLeave}>
    Leave the page without saving
  </Button>
)

const known = new WeakMap<object, { message: string }[]>()

function problemsOf(state: Extract<SaveState, { kind: 'stopped' }>) {
  const problems = known.get(state) ?? [
    { message: state.message },
    ...state.details.filter((detail) => !state.message.includes(detail)).map((message) => ({ message })),
  ]
  known.set(state, problems)
  return problems
}
