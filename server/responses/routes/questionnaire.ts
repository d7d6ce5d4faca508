import { badRequest, conflict } from '../../errors.ts'
import type { AppContext } from '../../context.ts'
import { commitTogether } from '../../db/commit-together.ts'
import { newToken } from '../../db/ids.ts'
import { created, type Input } from '../../http/handle.ts'
import type { AnswerProblem } from '../../../surveys/definition/definition.ts'
import { cleanAnswers } from '../../../surveys/definition/text.ts'
import type { Answers, Questions } from '../../../surveys/question-set.ts'
import type { ResponseRow } from '../queries/responses.ts'
import { saveAnswers, type SaveResult } from '../queries/saving.ts'
import { submitResponse } from '../queries/submitting.ts'
import { questionOf } from '../rules/form-changes.ts'
import { changesTo, mergeAnswers, type Changes } from '../rules/merge-answers.ts'
import { registerHints } from '../rules/register-category.ts'
import { prepareSubmission } from '../rules/submission.ts'
import type { saveSchema, submitSchema } from '../schema.ts'
import { forgetFinishLaterFiles } from './finish-later.ts'
import { answersOf, categoryOf } from './link.ts'
import { ownerFor } from './personal-link.ts'
import { linkOf, requireAnswerable } from './state.ts'

/** The questions as respondents get them: where a question comes from is not theirs to read. */
function withoutProvenance(questions: Questions): Questions {
  const pages = questions.pages.map((page) => ({
    ...page,
    elements: page.elements.map(({ provenance: _, ...question }) => question),
  }))
  return { ...questions, pages }
}

/** All that SurveyJS needs to take over. */
export const getQuestionnaire = ({ req }: Input<object>) => {
  const link = linkOf(req)
  requireAnswerable(link)
  const { version, definition, closesAt, response } = link
  return {
    title: version.questions.title,
    questions: withoutProvenance(version.questions),
    answers: answersOf(link),
    revision: response?.revision ?? 0,
    closesAt,
    hints: registerHints(definition, version.plan, categoryOf(link)),
    states: version.plan.states,
    ...(link.kind === 'shared' ? { begin: newToken() } : {}),
  }
}

function refuse(problems: readonly AnswerProblem[]): void {
  const first = problems[0]
  if (first)
    throw badRequest('invalid_answers', first.question ? `${first.place}: ${first.message}` : first.message, problems)
}

/** Throws what keeps a save from being one; the stored answers come along where another tab or device changed them. */
function requireSaved(result: Exclude<SaveResult, { kind: 'nothing' }>): Extract<SaveResult, { kind: 'saved' }> {
  if (result.kind === 'saved') return result
  if (result.kind === 'conflict') {
    const { data: answers, revision } = result.response
    throw conflict('changed_elsewhere', 'These answers were changed in another tab or on another device.', {
      answers,
      revision,
      questions: result.names,
    })
  }
  throw conflict('ended', 'These answers can no longer be changed.')
}

/** Saves the changed answers. Through a shared link the first save answers 201 with the personal link to go on at. */
export const patchAnswers =
  (context: AppContext) =>
  ({ req, body }: Input<{ body: typeof saveSchema }>) => {
    const link = linkOf(req)
    requireAnswerable(link)
    const changes = cleanAnswers(body.answers)
    const names = new Set(Object.keys(changes).map(questionOf))
    const merged = mergeAnswers(answersOf(link), changes)
    const changed = (problem: AnswerProblem) =>
      names.has(problem.question) || link.definition.question(problem.question) === undefined
    refuse(
      link.definition
        .check(merged, { complete: false })
        .filter((problem) => changed(problem) && !isRemoved(problem, merged)),
    )
    const { owner, base } = ownerFor(context, req, body.begin)
    const result = saveAnswers(context.db, owner, { changes, revision: body.revision, now: context.clock() })
    // An answer given and taken back before anything was stored: there is still no response.
    if (result.kind === 'nothing') return { revision: 0, savedAt: context.clock().toISOString() }
    const { response } = requireSaved(result)
    const elsewhere = changedSince(response, body.revision, changes)
    const saved = {
      revision: response.revision,
      savedAt: response.savedAt,
      ...(Object.keys(elsewhere).length > 0 ? { elsewhere } : {}),
    }
    return link.kind === 'shared' ? created({ ...saved, link: base }) : saved
  }

/** Answers that others saved after the revision that these changes were made from: without them the page would next overwrite what it never showed. */
function changedSince({ data, touched }: ResponseRow, revision: number, changes: Changes): Answers {
  const names = Object.keys(touched).filter((name) => (touched[name] ?? 0) > revision && !Object.hasOwn(changes, name))
  return Object.fromEntries(names.map((name) => [name, data[name] ?? null]))
}

const isRemoved = (problem: AnswerProblem, merged: Answers) =>
  problem.code === 'hidden' && !Object.hasOwn(merged, problem.question)

/** Submits a complete set, or what was saved; sent twice, it answers with the same reference. */
export const submitAnswers =
  (context: AppContext) =>
  async ({ req, body }: Input<{ body: typeof submitSchema }>) => {
    const link = linkOf(req)
    if (link.response?.status === 'complete') return { reference: link.response.reference }
    requireAnswerable(link)
    const { definition, version, system } = link
    const stored = answersOf(link)
    const answers = body.answers ?? definition.withoutHidden(stored)
    refuse(definition.check(answers, { complete: true }))
    const submission = prepareSubmission({
      definition,
      plan: version.plan,
      system,
      category: categoryOf(link),
      answers,
    })
    const { owner, base } = ownerFor(context, req, body.begin)
    const changes = body.answers ? changesTo(stored, answers) : undefined
    const forgetFiles = forgetFinishLaterFiles(context, link.response?.id)
    const submit = () =>
      submitResponse(context.db, owner, submission, {
        source: 'web',
        now: context.clock(),
        revision: body.revision,
        changes,
      })
    // What was read as stored must not change before it is submitted; a set that came along may wait for the others.
    const result = body.answers ? await commitTogether(context.db, submit) : submit()
    const { reference } = requireSaved(result).response
    forgetFiles()
    return link.kind === 'shared' ? { reference, link: base } : { reference }
  }
