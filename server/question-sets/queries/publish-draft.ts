import { recordAudit, type Who } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { write } from '../../db/write.ts'
import { badRequest, conflict } from '../../errors.ts'
import { keepTestResponses } from './test-responses.ts'
import { addVersion, getPublishedVersion, type QuestionSetVersion } from './versions.ts'
import { type Change, type StatedChange } from '../../../surveys/stated-change.ts'
import { listChanges } from '../rules/difference/list-changes.ts'
import { checkDraft, type DraftProblem } from '../rules/draft/check-draft.ts'
import {
  comparabilityOf,
  declareCorrections,
  keyOfChange,
  stateChanges,
  type Statement,
} from '../rules/draft/statements.ts'
import { deleteDraft, loadDraft, refuseIfChanged, type QuestionSetDraft } from './drafts.ts'

/** That a draft is not what the contract says, with every problem. */
export const notReady = (problems: DraftProblem[]) =>
  conflict(
    'not_ready',
    `The draft has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`,
    problems.map((problem) => ({ ...problem, message: `${problem.where}: ${problem.message}` })),
  )

/** The changes of a draft from the newest published version; none of a new set. Throws not_ready while it is not what the contract says. */
export function compareDraft(db: Db, draft: QuestionSetDraft): Change[] {
  const { set, problems } = checkDraft(draft.slug, draft)
  if (!set) throw notReady(problems)
  const base = getPublishedVersion(db, draft.slug)
  return base ? listChanges(base, set) : []
}

interface Publication extends Who {
  slug: string
  /** The revision that was looked at. */
  revision: number
  statements: readonly Statement[]
  /** Keys of the changes that the actor declares to correct spelling and no more. */
  corrections?: readonly string[]
}

/**
 * Makes the draft the next version, for ever. Throws not_found, draft_gone, changed_elsewhere, newer_version, not_ready (with the problems),
 * nothing_changed, no_correction, statement_missing (with the changes) or statement_unused.
 */
export function publishDraft(
  db: Db,
  { slug, revision, statements, corrections = [], actor, now }: Publication,
): QuestionSetVersion {
  return write(db, (tx) => {
    const draft = loadDraft(tx, slug)
    refuseIfChanged(tx, draft, revision)
    const base = getPublishedVersion(tx, slug)
    if ((base?.id ?? null) !== draft.basedOn)
      throw conflict(
        'newer_version',
        `Version ${base?.version} was published after this draft was started: export the draft, discard it, and take the file into a new one.`,
      )
    const { set, problems } = checkDraft(slug, draft)
    if (!set || problems.length > 0) throw notReady(problems)
    const changes = declare(base ? listChanges(base, set) : [], corrections, actor)
    const about = base ? aboutChanges(base, changes, statements) : {}
    const version = addVersion(tx, { slug, ...set, ...about, publishedBy: actor }, now)
    keepTestResponses(tx, version)
    deleteDraft(tx, slug, `published it as version ${version.version}`, { actor, now })
    recordAudit(tx, {
      actor,
      action: 'question_set.publish',
      subject: version.id,
      detail: { slug, version: version.version, sha256: version.sha256 },
      at: now,
    })
    return version
  })
}

function declare(changes: Change[], keys: readonly string[], by: string): StatedChange[] {
  const declared = declareCorrections(changes, keys, by)
  const refused = declared.refused.map(({ key, change }) => (change ? inWords(change) : `no change has the key ${key}`))
  if (refused.length > 0)
    throw badRequest(
      'no_correction',
      `Only a text in which a letter or two of a few words differ can be declared a correction of spelling: ${refused.join('; ')}.`,
    )
  return declared.changes
}

const inWords = (change: Change) => `${change.class}: ${change.place}, ${change.what} (${keyOfChange(change)})`

function aboutChanges(
  base: QuestionSetVersion,
  changes: StatedChange[],
  statements: readonly Statement[],
): { changes: StatedChange[]; comparable: boolean | null; comparability: string } {
  if (changes.length === 0)
    throw conflict('nothing_changed', `The draft says what version ${base.version} says: there is nothing to publish.`)
  const stated = stateChanges(changes, statements)
  if (stated.missing.length > 0)
    throw badRequest(
      'statement_missing',
      'Say of every change that is more than a correction what it means for comparing results.',
      stated.missing.map((change) => ({
        key: keyOfChange(change),
        ...change,
        message: inWords(change),
      })),
    )
  if (stated.unused.length > 0)
    throw badRequest(
      'statement_unused',
      'These statements belong to no change: the draft may have been edited since they were written.',
      stated.unused.map(({ for: key }) => key),
    )
  return { changes: stated.changes, ...comparabilityOf(stated.changes, base.version) }
}
