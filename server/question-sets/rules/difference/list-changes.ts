// The difference between two versions of a question set, change by change, each classed by what it means for results.
import { questionsOf } from '../../../../surveys/notes.ts'
import type { Page, Question, QuestionSet } from '../../../../surveys/question-set.ts'
import { changeOf } from './change.ts'
import { type Change } from '../../../../surveys/stated-change.ts'
import { listChoiceChanges } from './choice-changes.ts'
import { matchLists } from './match-lists.ts'
import { listNoteChanges } from './note-changes.ts'
import { listPlanChanges } from './plan-changes.ts'
import { textChange } from './text-change.ts'

/** Every change from one version to the next, in the order of the newer; empty where both mean the same. */
export function listChanges(before: QuestionSet, after: QuestionSet): Change[] {
  const [was, is] = [before.questions, after.questions]
  const pages = matchLists(was.pages, is.pages, ({ name }) => name)
  return [
    ...textChange('questionnaire', 'title', was.title, is.title),
    ...textChange('questionnaire', 'description', was.description, is.description),
    ...changeOf('questionnaire', 'language', 'structure', was.locale ?? 'en', is.locale ?? 'en'),
    ...pages.removed.map((page) => pageChange('removed', page)),
    ...pages.added.map((page) => pageChange('added', page)),
    ...pages.kept.flatMap(({ before: old, after: page, moved }) => [
      ...(moved ? [pageChange('moved', page)] : []),
      ...textChange(page.name, 'title', old.title, page.title),
      ...textChange(page.name, 'description', old.description, page.description),
      ...changeOf(page.name, 'condition', 'structure', old.visibleIf, page.visibleIf),
    ]),
    ...listQuestionChanges(was.pages, is.pages),
    ...listNoteChanges(was.pages, is.pages),
    ...listPlanChanges(before.plan, after.plan),
  ]
}

const pageChange = (kind: Change['kind'], { name, title }: Page): Change => ({
  class: 'structure',
  kind,
  place: name,
  what: 'page',
  ...(kind === 'added' ? {} : { before: title }),
  ...(kind === 'removed' ? {} : { after: title }),
})

interface Placed {
  page: string
  question: Question
}

const placed = (pages: readonly Page[]): Placed[] =>
  pages.flatMap((page) => questionsOf(page).map((question) => ({ page: page.name, question })))

function listQuestionChanges(before: readonly Page[], after: readonly Page[]): Change[] {
  const { added, removed, kept } = matchLists(placed(before), placed(after), ({ question }) => question.name)
  const movedWithin = new Set(
    after.flatMap((page) => {
      const old = before.find(({ name }) => name === page.name)
      const questions = matchLists(old ? questionsOf(old) : [], questionsOf(page), ({ name }) => name)
      return questions.kept.flatMap((one) => (one.moved ? [one.after.name] : []))
    }),
  )
  return [
    ...removed.map((one) => questionChange('removed', one)),
    ...added.map((one) => questionChange('added', one)),
    ...kept.flatMap(({ before: old, after: now }) => [
      ...(old.page !== now.page
        ? [questionChange('moved', now, old.page)]
        : movedWithin.has(now.question.name)
          ? [questionChange('moved', now)]
          : []),
      ...listChangesOfQuestion(`${now.page}.${now.question.name}`, old.question, now.question),
    ]),
  ]
}

const questionChange = (kind: Change['kind'], { page, question }: Placed, from?: string): Change => ({
  class: 'structure',
  kind,
  place: `${page}.${question.name}`,
  what: from === undefined ? 'question' : `question, from page ${from}`,
  ...(kind === 'added' ? {} : { before: question.title }),
  ...(kind === 'removed' ? {} : { after: question.title }),
})

/** What a question is, as a person would say it. */
const typeOf = (question: Question): string =>
  question.type === 'text' ? `text (${question.inputType ?? 'text'})` : question.type

const limits = ['min', 'max', 'maxLength', 'maxSelectedChoices'] as const

function listChangesOfQuestion(place: string, old: Question, now: Question): Change[] {
  const limitOf = (question: Question, limit: string) => (question as unknown as Record<string, unknown>)[limit]
  return [
    ...textChange(place, 'title', old.title, now.title),
    ...textChange(place, 'description', old.description, now.description),
    ...changeOf(place, 'type', 'structure', typeOf(old), typeOf(now)),
    ...changeOf(place, 'condition', 'structure', old.visibleIf, now.visibleIf),
    ...changeOf(place, 'required', 'structure', old.isRequired ?? false, now.isRequired ?? false),
    ...limits.flatMap((limit) => changeOf(place, limit, 'structure', limitOf(old, limit), limitOf(now, limit))),
    ...listChoiceChanges(place, old, now),
    // Nobody is shown it.
    ...changeOf(place, 'provenance', 'correction', old.provenance, now.provenance),
  ]
}
