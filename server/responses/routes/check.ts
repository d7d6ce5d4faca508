import type { Request } from 'express'
import { formatLondonDate } from '../../time/london-dates.ts'
import type { AppContext } from '../../context.ts'
import { Reply, seeOther, type Input } from '../../http/handle.ts'
import type { AnswerProblem } from '../../../surveys/definition/definition.ts'
import { submitResponse } from '../queries/submitting.ts'
import { readRevision, type FormBody } from '../rules/form-changes.ts'
import { prepareSubmission } from '../rules/submission.ts'
import { checkPage } from '../templates/check-answers.ts'
import type { Problem } from '../../http/respondent-page.ts'
import { forgetFinishLaterFiles } from './finish-later.ts'
import { answersOf, categoryOf, type Link } from './link.ts'
import { personalLinkOf } from './personal-link.ts'
import { linkOf, standingOf } from './state.ts'

const changedMeanwhile =
  'Your answers were changed in another tab or on another device after you opened this page. Check them again.'

// Mail scanners open links and press buttons, also of who has begun to answer; they do not choose.
const notFinished: Problem = { href: 'finished', message: 'Select that you have finished, if you want to submit' }

function render(
  context: AppContext,
  req: Request,
  problems: readonly (AnswerProblem | Problem)[] = [],
  changed?: string,
) {
  const link = linkOf(req)
  const answers = link.definition.withoutHidden(answersOf(link))
  const pages = link.definition
    .visiblePages(answers)
    .map((page) => ({ page, questions: link.definition.visibleQuestions(page, answers) }))
  return checkPage({
    base: link.base,
    pages,
    answers,
    revision: link.response?.revision ?? 0,
    closes: formatLondonDate(link.closesAt),
    problems: problems.map((problem) => ('href' in problem ? problem : placed(link, problem))),
    changed,
    notice: link.notice,
    personalLink: personalLinkOf(context, req),
  })
}

/** A problem leads to the page where it can be put right. */
function placed({ base, definition }: Link, { question, place, message }: AnswerProblem): Problem {
  const page =
    definition.pages.find(({ elements }) => elements.some(({ name }) => name === question)) ?? definition.pages[0]
  return { href: `${base}/pages/${page?.name}?return=check#${place}`, message }
}

export const showCheckPage =
  (context: AppContext) =>
  ({ req }: Input<object>) =>
    render(context, req)

/** Submits what was saved and shown; a second press leads to the same receipt. */
export const submitFromCheckPage =
  (context: AppContext) =>
  ({ req }: Input<object>) => {
    const link = linkOf(req)
    if (link.response?.status === 'complete') return seeOther(`${link.base}/receipt`)
    const standing = standingOf(link, true)
    if (standing) return new Reply(409, standing)
    const body = (req.body ?? {}) as FormBody
    const seen = readRevision(body['_revision'])
    if (link.response && seen !== link.response.revision)
      return new Reply(409, render(context, req, [], changedMeanwhile))
    if (link.response && body['finished'] !== 'yes') return new Reply(400, render(context, req, [notFinished]))
    const { definition, version, system } = link
    const answers = definition.withoutHidden(answersOf(link))
    const problems = definition.check(answers, { complete: true })
    if (problems.length > 0) return new Reply(400, render(context, req, problems))
    const submission = prepareSubmission({
      definition,
      plan: version.plan,
      system,
      category: categoryOf(link),
      answers,
    })
    const forgetFiles = forgetFinishLaterFiles(context, link.response?.id)
    const result = submitResponse(context.db, link.owner, submission, { source: 'web', now: context.clock() })
    if (result.kind === 'saved') forgetFiles()
    return seeOther(result.kind === 'saved' ? `${link.base}/receipt` : link.base)
  }
