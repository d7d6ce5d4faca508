import { basename } from 'node:path'
import type { Collection } from '../../collections/queries/collections.ts'
import type { AppContext } from '../../context.ts'
import { recordAudit } from '../../db/audit-log.ts'
import type { Db } from '../../db/open.ts'
import { write } from '../../db/write.ts'
import { createInvitations } from '../../invitations/queries/invitations.ts'
import { badRequest, conflict } from '../../errors.ts'
import { getQuestionSetVersion } from '../../question-sets/queries/versions.ts'
import { definitionOf, type AnswerProblem, type Definition } from '../../../surveys/definition/definition.ts'
import { answersFromColumns } from '../../../surveys/definition/form-values.ts'
import type { AnalysisPlan, Answers } from '../../../surveys/question-set.ts'
import { createPlacing, type Place } from './place-return.ts'
import { checkColumns, readReturns, type ImportProblem, type ReturnRow } from './read-returns.ts'
import { listAnsweringServices } from '../queries/services.ts'
import { submitResponse } from '../queries/submitting.ts'
import { prepareSubmission } from '../rules/submission.ts'

export interface ImportResult {
  /** Responses stored. */
  imported: number
  /** Of these, the ones that took the place of answers begun online and not submitted. */
  replacedPartial: number
}

type Context = Pick<AppContext, 'db' | 'tokenKey' | 'clock'>

/**
 * Stores returns on paper and by telephone from a csv of codes, each checked as strictly as a submission; all or nothing. Throws
 * not_importable for a draft or released collection, import_refused with an ImportProblem for everything that is wrong.
 */
export async function importResponses(
  context: Context,
  collection: Collection,
  file: string,
  actor: string,
): Promise<ImportResult> {
  if (collection.status !== 'open' && collection.status !== 'closed')
    throw conflict(
      'not_importable',
      `The collection is ${collection.status}: responses can be imported while it is open or closed.`,
    )
  const version = getQuestionSetVersion(context.db, collection.versionId)
  if (!version) throw new Error(`The question set version ${collection.versionId} is missing.`)
  const definition = definitionOf(version)
  const { columns, rows } = await readReturns(file)
  refuse(checkColumns(columns, definition, collection.mode))
  if (rows.length === 0) throw badRequest('empty_file', 'The file has a header and no rows.')
  // Read, checked and stored in one stretch: nobody can submit in between.
  return write(context.db, (tx) => {
    const returns = checkRows(tx, collection, definition, rows)
    const result = storeReturns(tx, context, { collection, definition, plan: version.plan, returns, actor })
    recordAudit(tx, {
      actor,
      action: 'responses.import',
      subject: collection.id,
      detail: { ...result, file: basename(file) },
      at: context.clock(),
    })
    return result
  })
}

function refuse(problems: readonly ImportProblem[]): void {
  if (problems.length === 0) return
  const rows = new Set(problems.map((problem) => problem.row)).size
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`
  throw badRequest(
    'import_refused',
    `Nothing was imported: ${count(problems.length, 'problem')} in ${count(rows, 'row')}.`,
    problems,
  )
}

interface Return extends Place {
  answers: Answers
}

function checkRows(tx: Db, collection: Collection, definition: Definition, rows: readonly ReturnRow[]): Return[] {
  const place = createPlacing(collection.systems, listAnsweringServices(tx, collection.id), collection.mode)
  const problems: ImportProblem[] = []
  const returns: Return[] = []
  for (const row of rows) {
    const placed = place(row)
    const answers = answersFromColumns(definition, variablesOf(row))
    const wrong = definition.check(answers, { complete: true }).map((problem) => inColumn(problem, row))
    const found = [...row.problems, ...(Array.isArray(placed) ? placed : []), ...wrong]
    problems.push(...found)
    if (found.length === 0 && !Array.isArray(placed)) returns.push({ ...placed, answers })
  }
  refuse(problems)
  return returns
}

const variablesOf = ({ cells }: ReturnRow) =>
  Object.fromEntries(Object.entries(cells).filter(([column]) => column !== 'system' && column !== 'location_id'))

function inColumn({ question, place, message }: AnswerProblem, { row, cells }: ReturnRow): ImportProblem {
  const ticked = Object.keys(cells).find(
    (name) => name.startsWith(`${question}.`) && cells[name] !== '' && cells[name] !== '0',
  )
  const column =
    [place, question].find((name) => Object.hasOwn(cells, name) && cells[name] !== '') ?? ticked ?? question
  const value = cells[column]
  return {
    row,
    column: column || '(all variables)',
    reason: value ? `${message} (it is “${value.slice(0, 80)}”)` : message,
  }
}

interface Storing {
  collection: Collection
  definition: Definition
  plan: AnalysisPlan
  returns: readonly Return[]
  actor: string
}

function storeReturns(
  tx: Db,
  { tokenKey, clock }: Context,
  { collection, definition, plan, returns, actor }: Storing,
): ImportResult {
  const now = clock()
  let replacedPartial = 0
  for (const { system, service, answers } of returns) {
    const invitationId =
      service &&
      (service.invitationId ??
        createInvitations(tx, { collectionId: collection.id, serviceIds: [service.id], tokenKey, now })[0]?.id)
    const owner = {
      collectionId: collection.id,
      versionId: collection.versionId,
      systemId: system.id,
      providerKey: service?.providerKey ?? null,
      invitationId,
    }
    const submission = prepareSubmission({ definition, plan, system, category: service?.category ?? null, answers })
    submitResponse(tx, owner, submission, { source: 'import', now, actor })
    if (service?.status === 'partial') replacedPartial += 1
  }
  return { imported: returns.length, replacedPartial }
}
