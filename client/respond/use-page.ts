import type { Model, PageModel } from 'survey-core'
import { useEffect, useRef, useState } from 'react'
import type { AnswerProblem } from '../../surveys/definition/definition.ts'
import type { Saving } from './saving.ts'

type Step = 1 | -1

const problemsOn = (page: PageModel, problems: readonly AnswerProblem[]) =>
  problems.filter((problem) => page.questions.some((question) => question.name === problem.question))

export const addressOf = (endpoint: string, page: PageModel): string => `${endpoint}/pages/${page.name}`

/** Which page is shown, and the moves between pages, each with its address as in the plain way. */
export function usePage(model: Model, saving: Saving, returnTo: string | undefined) {
  const [page, setPage] = useState(model.currentPage as PageModel)
  const [problems, setProblems] = useState<readonly AnswerProblem[]>([])
  const moving = useRef(false)
  const pages = model.visiblePages
  const index = pages.indexOf(page)

  function show(next: PageModel, found: readonly AnswerProblem[] = []) {
    model.currentPage = next
    setPage(next)
    setProblems(found)
  }

  function open(next: PageModel, found?: readonly AnswerProblem[]) {
    if (next !== page) history.pushState(null, '', addressOf(saving.endpoint, next))
    show(next, found)
  }

  /** The page with an answer that was refused: this one, or any before the way leads out of the questions. */
  function toPutRight(refused: readonly AnswerProblem[], leavesQuestions: boolean) {
    return [page, ...(leavesQuestions ? model.visiblePages : [])].find(
      (candidate) => problemsOn(candidate, refused).length > 0,
    )
  }

  async function leave(step: Step) {
    const result = await saving.saveNow()
    if (result.kind !== 'saved' && result.kind !== 'refused') return
    const refused = result.kind === 'refused' ? result.problems : []
    const next = returnTo ? undefined : model.visiblePages[model.visiblePages.indexOf(page) + step]
    const wrong = step === 1 ? toPutRight(refused, !next) : undefined
    if (wrong) open(wrong, problemsOn(wrong, refused))
    else if (next) open(next)
    else location.assign(returnTo ?? (step === 1 ? `${saving.endpoint}/check` : saving.endpoint))
  }

  /** Saves and moves on or back; pressed twice, it moves once. */
  async function move(step: Step) {
    if (moving.current) return
    moving.current = true
    await leave(step).finally(() => {
      moving.current = false
    })
  }

  useEffect(() => {
    const onPopState = () => {
      const found = model.visiblePages.find(({ name }) => location.pathname.endsWith(`/pages/${name}`))
      if (found) show(found)
      else location.reload()
    }
    addEventListener('popstate', onPopState)
    return () => removeEventListener('popstate', onPopState)
  })

  return { page, number: index + 1, total: pages.length, previous: pages[index - 1], problems, move }
}
