import { Survey } from 'survey-react-ui'
import type { Model } from 'survey-core'
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import type { Questionnaire } from '../../server/responses/schema.ts'
import { formatLondonDate } from '../../server/time/london-dates.ts'
import { ErrorSummary } from '../components/error-summary.tsx'
import { nameTab } from '../components/page-heading.tsx'
import {
  QuestionErrorsContext,
  QuestionHintsContext,
  QuestionStatesContext,
} from '../components/questions/question-context.ts'
import { Conflict } from './conflict.tsx'
import { PersonalLink } from './personal-link.tsx'
import type { Saving } from './saving.ts'
import { addressOf, usePage } from './use-page.ts'
import { useBackLink } from './use-back-link.ts'
import { usePersonalLink, type IssuedLink } from './use-personal-link.ts'
import { useSaving } from './use-saving.ts'

interface RespondAppProps {
  model: Model
  questionnaire: Questionnaire
  saving: Saving
  /** Where *Continue* leads instead of to the next page, when an answer is changed from the check page. */
  returnTo?: string
  /** The address to come back to that the plain page showed. */
  personalLink?: IssuedLink
}

/** The questionnaire page once SurveyJS has taken over: same order, words, addresses and stored codes as the plain way. */
export function RespondApp({ model, questionnaire, saving, returnTo, personalLink }: RespondAppProps) {
  const { questions, hints, states } = questionnaire
  const { page, number, total, previous, problems, move } = usePage(model, saving, returnTo)
  const { status, link, conflict, keepMine, takeTheirs } = useSaving(saving)
  const linkNote = usePersonalLink(personalLink, link, page.name)
  const words = questions.pages.find(({ name }) => name === page.name)
  const heading = useHeading(words?.title ?? '', page.name, problems.length > 0)
  useBackLink(returnTo ?? (previous ? addressOf(saving.endpoint, previous) : saving.endpoint), () => void move(-1))
  const errors = useMemo(() => Object.fromEntries(problems.map(({ place, message }) => [place, message])), [problems])
  const summary = useMemo(() => problems.map(({ place, message }) => ({ field: place, message })), [problems])

  return (
    <div
      onKeyDown={(event) => {
        if (sendsForm(event)) {
          event.preventDefault()
          void move(1)
        }
      }}
    >
      <ErrorSummary problems={summary} />
      {conflict ? <Conflict conflict={conflict} questions={questions} onKeep={keepMine} onTake={takeTheirs} /> : null}
      {linkNote && !linkNote.onThisPage ? <PersonalLink {...linkNote} /> : null}
      <span className="govuk-caption-l">
        Page {number} of {total}
      </span>
      <h1 className="govuk-heading-l" tabIndex={-1} ref={heading}>
        {words?.title}
      </h1>
      {words?.description ? <p className="govuk-body">{words.description}</p> : null}
      <QuestionErrorsContext value={errors}>
        <QuestionHintsContext value={hints}>
          <QuestionStatesContext value={states}>
            <Survey model={model} />
          </QuestionStatesContext>
        </QuestionHintsContext>
      </QuestionErrorsContext>
      <button type="button" className="govuk-button" onClick={() => void move(1)}>
        Continue
      </button>
      <p className="govuk-body" role="status">
        {problems.length > 0 ? '' : status}
      </p>
      {linkNote?.onThisPage ? <PersonalLink {...linkNote} /> : null}
      <p className="govuk-hint">{savedNote(saving.endpoint, questionnaire.closesAt)}</p>
    </div>
  )
}

/** Enter in a field sends an ordinary form; here it does the same as *Continue*. */
const sendsForm = ({ key, target, nativeEvent }: KeyboardEvent) =>
  key === 'Enter' && target instanceof HTMLInputElement && !nativeEvent.isComposing

function savedNote(endpoint: string, closesAt: string): string {
  const until = formatLondonDate(closesAt)
  if (endpoint.startsWith('/c/'))
    return `Your answers are saved as you go. After the first one you get a link of your own to come back to them until the end of ${until}.`
  return `Your answers are saved as you go. You can come back with the same link until the end of ${until}.`
}

/** Names the tab, and moves the focus to the heading of each page that follows, where a full page load would have started reading. */
function useHeading(title: string, pageName: string, failed: boolean) {
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef(pageName)
  useEffect(() => nameTab(title, failed), [title, failed])
  useEffect(() => {
    if (shown.current === pageName) return
    shown.current = pageName
    if (failed) return
    scrollTo(0, 0)
    heading.current?.focus()
  }, [pageName, failed])
  return heading
}
