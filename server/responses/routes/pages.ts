import type { Request } from 'express'
import { newToken } from '../../db/ids.ts'
import type { AppContext } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { Reply, seeOther, type Input } from '../../http/handle.ts'
import type { z } from 'zod'
import type { Answers, Page } from '../../../surveys/question-set.ts'
import { saveAnswers } from '../queries/saving.ts'
import { changesFromForm, readRevision, shownAnswers, type FormBody } from '../rules/form-changes.ts'
import { fieldsFromAnswers, fieldsFromBody } from '../rules/form-fields.ts'
import { mergeAnswers, type Changes } from '../rules/merge-answers.ts'
import { pageAfter, placeOf } from '../rules/page-order.ts'
import { registerHints } from '../rules/register-category.ts'
import { choicesLink, laterLink } from '../templates/introduction.ts'
import { questionPage, type QuestionPage } from '../templates/question-page.ts'
import { askAboutConflict, choicesMissing, keptAsSaved } from './conflict.ts'
import { answersOf, categoryOf, type Link } from './link.ts'
import { ownerFor, personalLinkOf, savedNote } from './personal-link.ts'
import { linkOf } from './state.ts'

type PageInput = Input<{ params: z.ZodType<{ page: string }> }>

const nextAddress = (base: string, page: string | undefined) =>
  page === undefined ? `${base}/check` : `${base}/pages/${page}`

function findPage(link: Link, name: string): Page {
  const page = link.definition.pages.find((candidate) => candidate.name === name)
  if (!page) throw notFound('Page not found')
  return page
}

// Who came through a shared link has theirs beside the address to come back to.
const waysToLeave = ({ kind, base }: Link) => (kind === 'invited' ? [laterLink(base), choicesLink(base)] : [])

type Shown = Pick<QuestionPage, 'fields' | 'problems' | 'hidden' | 'returnToCheck'>

function render(context: AppContext, req: Request, page: Page, shown: Shown) {
  const link = linkOf(req)
  const answers = answersOf(link)
  const place = placeOf(link.definition, page.name, answers)
  if (!place) return seeOther(nextAddress(link.base, pageAfter(link.definition, page.name, answers)))
  return questionPage({
    ...shown,
    base: link.base,
    notice: link.notice,
    plan: link.version.plan,
    page,
    place,
    elements: link.definition.visibleElements(page, answers),
    hints: registerHints(link.definition, link.version.plan, categoryOf(link)),
    personalLink: personalLinkOf(context, req),
    savedNote: savedNote(link),
    mayLeave: waysToLeave(link),
  })
}

export const showPage =
  (context: AppContext) =>
  ({ req, params }: PageInput) => {
    const link = linkOf(req)
    const page = findPage(link, params.page)
    const answers = answersOf(link)
    const questions = link.definition.visibleQuestions(page, answers)
    const hidden = {
      _revision: String(link.response?.revision ?? 0),
      _shown: shownAnswers(questions, answers),
      // Names the response to be made, so that the same first page sent twice makes one.
      ...(link.kind === 'shared' ? { _begin: newToken() } : {}),
      ...(req.query['return'] === 'check' ? { _return: 'check' } : {}),
    }
    return render(context, req, page, {
      fields: fieldsFromAnswers(questions, answers),
      problems: [],
      hidden,
      returnToCheck: '_return' in hidden,
    })
  }

const hiddenNames = ['_revision', '_shown', '_begin', '_return']

/** What a form carried for the next step, to be carried on. */
function carried(body: FormBody): Record<string, string> {
  return Object.fromEntries(
    hiddenNames.flatMap((name) => (typeof body[name] === 'string' ? [[name, body[name]] as const] : [])),
  )
}

function refused(context: AppContext, req: Request, page: Page, changes: Changes) {
  const link = linkOf(req)
  const answers: Answers = mergeAnswers(answersOf(link), changes)
  const here = new Set(page.elements.map((question) => question.name))
  const problems = link.definition
    .check(answers, { complete: false })
    .filter((problem) => here.has(problem.question) && problem.code !== 'hidden')
  if (problems.length === 0) return undefined
  const body = req.body as FormBody
  const shown = render(context, req, page, {
    fields: fieldsFromBody(body),
    problems,
    hidden: carried(body),
    returnToCheck: body['_return'] === 'check',
  })
  return shown instanceof Reply ? shown : new Reply(400, shown)
}

/** Saves one page's form and leads on; what is refused is shown again as it was typed. */
export const savePage =
  (context: AppContext) =>
  ({ req, params }: PageInput) => {
    const link = linkOf(req)
    const page = findPage(link, params.page)
    const body = req.body as FormBody
    const questions = link.definition.visibleQuestions(page, answersOf(link))
    const missing = choicesMissing(questions, body)
    const sent = changesFromForm(questions, body)
    if (missing.length > 0) return askAboutConflict(link, page, body, sent, { names: missing, unanswered: missing })

    const kept = keptAsSaved(body)
    const changes = Object.fromEntries(Object.entries(sent).filter(([name]) => !kept(name)))
    const refusal = refused(context, req, page, changes)
    if (refusal) return refusal

    const { owner, base } = ownerFor(context, req, body['_begin'])
    const result = saveAnswers(context.db, owner, {
      changes,
      revision: readRevision(body['_revision']),
      now: context.clock(),
    })
    if (result.kind === 'ended') return seeOther(base)
    if (result.kind === 'conflict')
      return askAboutConflict({ ...link, base, response: result.response }, page, body, changes, {
        names: result.names,
        unanswered: [],
      })
    const answers = result.kind === 'saved' ? result.response.data : {}
    const at = result.kind === 'saved' ? base : link.base
    const next = body['_return'] === 'check' ? undefined : pageAfter(link.definition, page.name, answers)
    return seeOther(`${nextAddress(at, next)}${at === link.base ? '' : '?link=new'}`)
  }
