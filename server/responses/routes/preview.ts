// The plain questionnaire over a version or a draft, without a link of anyone: nothing is read of anybody, and nothing is written.
import express, { Router, type RequestHandler } from 'express'
import { z } from 'zod'
import { questionsOf } from '../../../surveys/notes.ts'
import type { Answers, Page, Question } from '../../../surveys/question-set.ts'
import type { AppContext } from '../../context.ts'
import { AppError, notFound } from '../../errors.ts'
import { handle, Reply, seeOther, type Input } from '../../http/handle.ts'
import { limitFailures } from '../../http/limit-failures.ts'
import { privatePage } from '../../http/security.ts'
import { contentOfDraft } from '../../question-sets/queries/content-to-try.ts'
import type { ContentToTry } from '../../question-sets/rules/draft/content.ts'
import { getDraft } from '../../question-sets/queries/drafts.ts'
import { getQuestionSetVersion } from '../../question-sets/queries/versions.ts'
import { definitionOf, type AnswerProblem, type Definition } from '../../../surveys/definition/definition.ts'
import { answersFromForm } from '../../../surveys/definition/form-values.ts'
import { isPreviewToken, namedIn } from '../../links/preview-token.ts'
import { questionOf, type FormBody } from '../rules/form-changes.ts'
import { fieldNames, fieldsFromAnswers, fieldsFromBody } from '../rules/form-fields.ts'
import { pageAfter, placeOf } from '../rules/page-order.ts'
import type { Problem } from '../../http/respondent-page.ts'
import {
  changeId,
  previewCheckPage,
  previewEndPage,
  previewNotReadyPage,
  previewPage,
  previewStartPage,
  type PreviewPage,
} from '../templates/preview.ts'
import type { HiddenFields } from '../templates/question-page.ts'
import { sendNeutral } from './load-link.ts'
import { formOnly } from './state.ts'

declare module 'express-serve-static-core' {
  interface Request {
    preview?: Preview
  }
}

interface Preview {
  base: string
  content: ContentToTry
  definition: Definition
}

const pageParams = z.object({ token: z.string(), page: z.string() })
type PageInput = Input<{ params: typeof pageParams }>

/** Mounted at /preview. */
export function previewRoutes(context: AppContext): Router {
  const router = Router()
  // A form carries every answer given so far.
  const form = express.urlencoded({ extended: false, limit: '1mb', parameterLimit: 5000 })
  router.use('/:token', privatePage, loadPreview(context), form)
  router.get('/:token', handle({}, showStart))
  router.get('/:token/pages/:page', handle({ params: pageParams }, showPage))
  router.post('/:token/pages/:page', formOnly, handle({ params: pageParams }, goOn))
  // Where a browser asks again for the address of a page that a form led to.
  router.get(
    '/:token/check',
    handle({}, ({ req }) => seeOther(previewOf(req).base)),
  )
  router.post('/:token/check', formOnly, handle({}, goOnFromCheck))
  return router
}

/** Finds what the token shows: a published version, or a draft while it lasts. */
function loadPreview({ db, tokenKey }: AppContext): RequestHandler {
  const countFailure = limitFailures()
  const find = (token: string): ContentToTry | undefined => {
    const version = getQuestionSetVersion(db, namedIn(token))
    if (version && isPreviewToken(tokenKey, token, { versionId: version.id })) return version
    const draft = getDraft(db, namedIn(token))
    return draft && isPreviewToken(tokenKey, token, draft) ? contentOfDraft(draft) : undefined
  }
  return (req, res, next) => {
    const token = String(req.params['token'])
    try {
      const content = find(token)
      if (!content)
        return void countFailure(req, res, (error?: unknown) => (error ? next(error) : sendNeutral(req, res, next)))
      req.preview = { base: `/preview/${token}`, content, definition: definitionOf(content) }
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'not_ready')) throw error
      return void res.status(409).type('html').send(previewNotReadyPage().text)
    }
    next()
  }
}

function previewOf(req: Input<object>['req']): Preview {
  if (!req.preview) throw new Error('loadPreview has not run.')
  return req.preview
}

function findPage({ definition }: Preview, name: string): Page {
  const page = definition.pages.find((candidate) => candidate.name === name)
  if (!page) throw notFound('Page not found')
  return page
}

function showStart({ req }: Input<object>) {
  const { base, content, definition } = previewOf(req)
  const { questions, plan, version } = content
  const first = definition.visiblePages({})[0]?.name
  return previewStartPage({ questions, plan, isDraft: version === null, startAt: `${base}/pages/${first}` })
}

/** A page as somebody sees it who has answered nothing; what nobody is asked then is not there to be seen. */
function showPage({ req, params }: PageInput) {
  const preview = previewOf(req)
  const page = findPage(preview, params.page)
  return renderPage(preview, page, {}) ?? seeOther(preview.base)
}

interface Carried {
  answers: Answers
  /** With the answers on the page itself. */
  problems: AnswerProblem[]
}

/** The answers that a form carries, those to `page` as they were just given. What could not be answered on another page is left out. */
function readForm({ definition }: Preview, body: FormBody, page?: Page): Carried {
  const answers = answersFromForm(allQuestions(definition), body)
  const problems = definition.check(answers, { complete: false }).filter(({ code }) => code !== 'hidden')
  const isHere = ({ question }: AnswerProblem) => page?.elements.some(({ name }) => name === question) === true
  return {
    answers: without(
      answers,
      problems.filter((problem) => !isHere(problem)),
    ),
    problems: problems.filter(isHere),
  }
}

const allQuestions = ({ pages }: Definition): Question[] => pages.flatMap(questionsOf)

function without(answers: Answers, problems: readonly AnswerProblem[]): Answers {
  const unfit = new Set(problems.map(({ question }) => question))
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !unfit.has(questionOf(name))))
}

/** The answers as hidden fields, but for those to the questions that the page itself shows. */
function carry({ definition }: Preview, answers: Answers, shown: readonly Question[]): HiddenFields {
  const others = allQuestions(definition).filter((question) => !shown.includes(question))
  const fields = fieldsFromAnswers(others, answers)
  return Object.fromEntries(others.flatMap(fieldNames).map((name) => [name, fields(name)]))
}

type Shown = Partial<Pick<PreviewPage, 'fields' | 'problems'>> & { toCheck?: boolean }

/** Undefined where these answers do not lead to the page. */
function renderPage(preview: Preview, page: Page, answers: Answers, { toCheck = false, ...shown }: Shown = {}) {
  const { base, content, definition } = preview
  const place = placeOf(definition, page.name, answers)
  if (!place) return undefined
  const questions = definition.visibleQuestions(page, answers)
  const hidden = { ...carry(preview, answers, questions), ...(toCheck ? { _return: 'check' } : {}) }
  const fields = fieldsFromAnswers(questions, answers)
  const elements = definition.visibleElements(page, answers)
  return previewPage({ base, plan: content.plan, page, elements, place, fields, problems: [], hidden, ...shown })
}

/** Takes a page's form and shows what follows it, or with *Back* what comes before. */
function goOn({ req, params }: PageInput) {
  const preview = previewOf(req)
  const { definition, base } = preview
  const page = findPage(preview, params.page)
  const body = req.body as FormBody
  const { answers: given, problems } = readForm(preview, body, page)
  const back = body['_to'] === 'back'
  const toCheck = body['_return'] === 'check'
  if (problems.length > 0 && !back) {
    const shown = renderPage(preview, page, given, { fields: fieldsFromBody(body), problems, toCheck })
    return shown ? new Reply(400, shown) : seeOther(base)
  }
  const answers = without(given, problems)
  if (toCheck) return renderCheck(preview, answers)
  const next = back ? placeOf(definition, page.name, answers)?.previous : pageAfter(definition, page.name, answers)
  if (next === undefined) return back ? seeOther(base) : renderCheck(preview, answers)
  return renderPage(preview, findPage(preview, next), answers) ?? seeOther(base)
}

function renderCheck(preview: Preview, given: Answers, problems: readonly (AnswerProblem | Problem)[] = []) {
  const { base, definition } = preview
  const answers = definition.withoutHidden(given)
  const pages = definition
    .visiblePages(answers)
    .map((page) => ({ page, questions: definition.visibleQuestions(page, answers) }))
  const placed = problems.map((problem) =>
    'href' in problem ? problem : { href: changeId(problem.question), message: problem.message },
  )
  return previewCheckPage({ base, pages, answers, hidden: carry(preview, given, []), problems: placed })
}

const notFinished: Problem = { href: 'finished', message: 'Select that you have finished, if you want to submit' }

/** Shows a page again to change it, or what comes after submitting. */
function goOnFromCheck({ req }: Input<object>) {
  const preview = previewOf(req)
  const body = req.body as FormBody
  const { answers } = readForm(preview, body)
  if (body['_to'] === 'back') {
    const last = preview.definition.visiblePages(answers).at(-1)
    return (last && renderPage(preview, last, answers)) ?? seeOther(preview.base)
  }
  const change = body['change']
  if (typeof change === 'string')
    return renderPage(preview, findPage(preview, change), answers, { toCheck: true }) ?? renderCheck(preview, answers)
  const problems = preview.definition.check(preview.definition.withoutHidden(answers), { complete: true })
  if (problems.length > 0) return new Reply(400, renderCheck(preview, answers, problems))
  if (body['finished'] !== 'yes') return new Reply(400, renderCheck(preview, answers, [notFinished]))
  return previewEndPage(preview.base)
}
