import { Survey } from 'survey-react-ui'
import type { Model, PageModel } from 'survey-core'
import { useEffect, useRef, useState } from 'react'
import { QuestionErrorsContext, QuestionHintsContext } from '../components/questions/question-context.ts'
import type { Questions } from '../../surveys/question-set.ts'
import { Conflict } from './conflict.tsx'
import { ErrorSummary } from './error-summary.tsx'
import type { Saving } from './saving.ts'
import type { AnswerProblem, SaveResult } from './server.ts'

export interface RespondAppProps {
  model: Model
  questions: Questions
  hints: Readonly<Record<string, string>>
  saving: Saving
  /** Where *Continue* leads instead of to the next page, when an answer is changed from the check page. */
  returnTo?: string
  serviceName: string
  subscribe: (listener: (result: SaveResult) => void) => () => void
}

type ChangedElsewhere = Extract<SaveResult, { kind: 'changed_elsewhere' }>

/** The questionnaire page once SurveyJS has taken over: same order, words, addresses and stored codes as the plain way. */
export function RespondApp({ model, questions, hints, saving, returnTo, serviceName, subscribe }: RespondAppProps) {
  const [page, setPage] = useState(model.currentPage as PageModel)
  const [problems, setProblems] = useState<AnswerProblem[]>([])
  const [conflict, setConflict] = useState<ChangedElsewhere>()
  const [saved, setSaved] = useState('')
  const [link, setLink] = useState<string>()
  const heading = useRef<HTMLHeadingElement>(null)
  const pages = model.visiblePages
  const index = pages.indexOf(page)
  const words = questions.pages.find(({ name }) => name === page.name)

  useEffect(() => subscribe((result) => {
    if (result.kind === 'saved') setSaved(`Saved ${new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`)
    if (result.kind === 'saved' && result.link) setLink(result.link)
    if (result.kind === 'not_connected') setSaved('Not connected: not saved yet. What you typed is still on this page.')
    if (result.kind === 'changed_elsewhere') setConflict(result)
    if (result.kind === 'gone') location.assign(saving.endpoint)
  }), [subscribe, saving])

  useEffect(() => {
    const onPopState = () => {
      const found = pages.find(({ name }) => location.pathname.endsWith(`/pages/${name}`))
      if (found) show(found)
      else location.reload()
    }
    addEventListener('popstate', onPopState)
    return () => removeEventListener('popstate', onPopState)
  })

  useEffect(() => {
    document.title = `${problems.length > 0 ? 'Error: ' : ''}${words?.title ?? questions.title} – ${serviceName}`
  }, [problems, words, questions, serviceName])

  function show(next: PageModel) {
    model.currentPage = next
    setProblems([])
    setPage(next)
    requestAnimationFrame(() => {
      scrollTo(0, 0)
      heading.current?.focus()
    })
  }

  async function go(step: 1 | -1) {
    const result = await saving.saveNow()
    if (result.kind === 'refused') {
      const here = result.problems.filter((problem) => page.questions.some((question) => question.name === problem.question))
      if (here.length > 0 && step === 1) return setProblems(here)
    } else if (result.kind !== 'saved') return
    if (step === 1 && returnTo) return location.assign(returnTo)
    const next = (model.visiblePages)[index + step]
    if (!next) return location.assign(step === 1 ? `${saving.endpoint}/check` : saving.endpoint)
    history.pushState(null, '', `${saving.endpoint}/pages/${next.name}`)
    show(next)
  }

  function takeOther(other: ChangedElsewhere) {
    saving.acceptRevision(other.revision)
    for (const name of other.questions) {
      model.setValue(name, (other.answers)[name])
    }
    saving.discard(other.questions)
    setConflict(undefined)
  }

  const errors = Object.fromEntries(problems.map((problem) => [problem.place, problem.message]))
  return (
    <>
      <a href={index > 0 ? `${saving.endpoint}/pages/${pages[index - 1]?.name}` : saving.endpoint} className="govuk-back-link" onClick={(event) => { event.preventDefault(); void go(-1) }}>Back</a>
      {problems.length > 0 ? <ErrorSummary problems={problems} /> : null}
      {conflict ? <Conflict names={conflict.questions} questions={questions} onKeep={() => { saving.acceptRevision(conflict.revision); setConflict(undefined); void saving.saveNow() }} onTake={() => takeOther(conflict)} /> : null}
      {link ? <PersonalLink address={new URL(link, location.href).href} /> : null}
      <span className="govuk-caption-l">Page {index + 1} of {pages.length}</span>
      <h1 className="govuk-heading-l" tabIndex={-1} ref={heading}>{words?.title}</h1>
      {words?.description ? <p className="govuk-body">{words.description}</p> : null}
      <QuestionErrorsContext value={errors}>
        <QuestionHintsContext value={hints}>
          <Survey model={model} />
        </QuestionHintsContext>
      </QuestionErrorsContext>
      <button type="button" className="govuk-button" onClick={() => void go(1)}>Continue</button>
      <p className="govuk-hint" role="status">{saved}</p>
    </>
  )
}

function PersonalLink({ address }: { address: string }) {
  return (
    <div className="govuk-inset-text">
      Your answers are being saved. To come back to them later, keep this link, which is yours alone: <a className="govuk-link app-address" href={address}>{address}</a>
    </div>
  )
}
