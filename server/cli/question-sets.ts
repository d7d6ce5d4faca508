import { readFile, stat, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { findCollection } from '../collections/queries/collections.ts'
import { moveCollectionToVersion } from '../collections/queries/version.ts'
import type { AppContext } from '../context.ts'
import { badRequest, notFound } from '../errors.ts'
import { textTable } from '../sheets/text-table.ts'
import { draftToFile, versionToFile } from '../question-sets/export.ts'
import { largestFile } from '../question-sets/import/read-json.ts'
import {
  compareVersions,
  getPublishedVersion,
  getVersionByNumber,
  listQuestionSets,
  type QuestionSetVersion,
} from '../question-sets/queries/versions.ts'
import { getDraftCheck, getDraftComparison, viewDraft } from '../question-sets/queries/draft-views.ts'
import { discardDraft, importIntoDraft, listDrafts, loadDraft, startDraft } from '../question-sets/queries/drafts.ts'
import { publishDraft } from '../question-sets/queries/publish-draft.ts'
import { presentChanges } from '../question-sets/rules/draft/present-changes.ts'
import { viewTestResponses } from '../question-sets/queries/test-response-views.ts'
import type { TestResponseList } from '../question-sets/schema/test-responses.ts'
import { presentVersion } from '../question-sets/rules/present-version.ts'
import { presentDraftSummary } from '../question-sets/rules/draft/present-draft.ts'
import type { Comparison } from '../question-sets/schema/versions.ts'
import {
  publishDraftSchema,
  startDraftSchema,
  type DraftCheck,
  type DraftView,
} from '../question-sets/schema/drafts.ts'
import { slugParamsSchema } from '../question-sets/schema/versions.ts'
import { checkOptions, commandLineActor, print, type OpenContext } from './command.ts'

interface Options {
  json?: boolean
  draft?: boolean
  version?: string
  from?: string
  to?: string
  out?: string
  revision?: string
  title?: string
  mode?: string
  statement?: string[]
  correction?: string[]
}

const who = ({ clock }: AppContext) => ({ actor: commandLineActor, now: clock() })

/** A published version by its number, or the newest. */
function findVersion(db: AppContext['db'], slug: string, version: string | undefined): QuestionSetVersion {
  if (version !== undefined && !/^[1-9]\d{0,5}$/.test(version))
    throw badRequest('bad_version', `"${version}" is not the number of a version.`)
  const found = version === undefined ? getPublishedVersion(db, slug) : getVersionByNumber(db, slug, Number(version))
  if (!found) throw notFound(`There is no version ${version ?? ''} of a question set "${slug}".`.replace('  ', ' '))
  return found
}

/** `question-set …`: versions of questionnaires, and drafts of the next. */
export function addQuestionSetCommands(program: Command, open: OpenContext): void {
  const group = program.command('question-set').description('questionnaires: versions, and drafts of the next')
  const command = (name: string, description: string) =>
    group
      .command(name)
      .description(description)
      .argument('<slug>', 'short name, such as relational-audit')
      .option('--json', 'print JSON')
  group
    .command('list')
    .description('every question set, its newest version and its draft')
    .option('--json', 'print JSON')
    .action((options: Options) => list(open(), options))
  addReadingCommands(command, open)
  addDraftCommands(command, open)
}

function list({ db }: AppContext, { json }: Options): void {
  const questionSets = listQuestionSets(db)
  const drafts = listDrafts(db).map(presentDraftSummary)
  const rows = questionSets.map(({ slug, title, versions }) => [slug, title, versions[0]?.version ?? ''])
  const fresh = drafts.filter(({ basedOn }) => basedOn === null).map(({ slug, title }) => [slug, title, ''])
  const draftOf = (slug: unknown) => drafts.find((draft) => draft.slug === slug)
  print(json, { questionSets, drafts }, () =>
    textTable(
      ['Short name', 'Title', 'Version', 'Draft'],
      [...rows, ...fresh].map((row) => {
        const draft = draftOf(row[0])
        return [...row, draft ? `revision ${draft.revision}, by ${draft.updatedBy}` : '']
      }),
    ),
  )
}

type MakeCommand = (name: string, description: string) => Command

function addReadingCommands(command: MakeCommand, open: OpenContext): void {
  command('read', 'print a version or the draft: pages, questions and where it stands')
    .option('--version <number>', 'the newest where not said')
    .option('--draft', 'the draft')
    .action((slug: string, { version, draft, json }: Options) => {
      const { db } = open()
      if (draft) {
        const view = viewDraft(db, loadDraft(db, slug))
        print(json, view, () => writeDraft(view))
      } else {
        const view = presentVersion(findVersion(db, slug, version))
        const heading = `${view.title}: version ${view.version}, sha256 ${view.sha256}`
        print(json, view, () => [heading, view.comparability ?? '', outline(view.questions)].filter(Boolean).join('\n'))
      }
    })
  command('compare', 'name every change from the newest version to the draft, or between two versions, and class it')
    .option('--from <number>', 'a version; with --to')
    .option('--to <number>', 'a later version')
    .action((slug: string, { from, to, json }: Options) => {
      const { db } = open()
      const compared = from || to ? comparePublished(db, slug, from, to) : getDraftComparison(db, slug)
      print(json, compared, () => writeComparison(compared))
    })
  command(
    'test-responses',
    'answers given to try a version or the draft out, and the indicators that each counts in',
  ).action((slug: string, { json }: Options) => {
    const view = viewTestResponses(open().db, slug)
    print(json, view, () => writeTestResponses(view))
  })
  command('export', 'write a version or the draft as one JSON file, in the form that `update` reads')
    .option('--version <number>', 'the newest where not said')
    .option('--draft', 'the draft')
    .option('--out <file>', 'standard output where not said')
    .action(async (slug: string, { version, draft, out, json }: Options) => {
      const { db } = open()
      const file = draft ? draftToFile(loadDraft(db, slug)) : versionToFile(findVersion(db, slug, version))
      const text = JSON.stringify(file, null, 2)
      if (out === undefined) return print(false, undefined, () => text)
      await writeFile(out, `${text}\n`)
      print(json, { file: out, version: file.version ?? null, sha256: file.sha256 ?? null }, () => `Written to ${out}.`)
    })
}

function comparePublished(db: AppContext['db'], slug: string, from?: string, to?: string): Comparison {
  if (!from) throw badRequest('bad_version', 'Say --from, the version to start from.')
  const [before, after] = [findVersion(db, slug, from), findVersion(db, slug, to)]
  return { from: before.version, to: after.version, changes: presentChanges(compareVersions(db, before, after)) }
}

function addDraftCommands(command: MakeCommand, open: OpenContext): void {
  command('draft', 'start a draft from the newest version; with --title and --mode, of a new question set')
    .option('--title <title>', 'of a new question set')
    .option('--mode <mode>', 'personal or cascade')
    .action((slug: string, { title, mode, json }: Options) => {
      if (!slugParamsSchema.safeParse({ slug }).success)
        throw badRequest('bad_slug', 'A short name is small letters, digits and -, starting with a letter.')
      const newSet = title === undefined && mode === undefined ? undefined : { title, mode }
      const checked = checkOptions(startDraftSchema.shape.newSet, newSet)
      const context = open()
      const draft = viewDraft(context.db, startDraft(context.db, { slug, newSet: checked, ...who(context) }))
      print(json, draft, () => writeDraft(draft))
    })
  command(
    'update',
    'put a file (ours, or plain SurveyJS JSON) in the place of what the draft holds; a wrong file changes nothing',
  )
    .argument('<file>')
    .option('--revision <number>', 'that the file was made from; refused where somebody has saved since')
    .action(async (slug: string, path: string, { revision, json }: Options) => {
      const file = await readSetFile(path)
      const context = open()
      const change = { slug, revision: revisionOf(context, slug, revision), file, ...who(context) }
      const { draft, notes } = importIntoDraft(context.db, change)
      const view = viewDraft(context.db, draft)
      print(json, { ...view, notes }, () => [writeDraft(view), ...notes].join('\n'))
    })
  command('check', 'what keeps the draft from being published, and advice').action((slug: string, options: Options) => {
    const check = getDraftCheck(open().db, slug)
    print(options.json, check, () => writeCheck(check))
  })
  command('publish', 'make the draft the next version, for ever')
    .option('--revision <number>', 'that was looked at; refused where somebody has saved since')
    .option(
      '--statement <for=text...>',
      'on comparing results, of each change that is more than a correction: wording="…" for a class, or a key that compare prints',
    )
    .option(
      '--correction <key...>',
      'that the change of this key, which compare marks as a letter or two, corrects spelling and nothing more',
    )
    .action((slug: string, { revision, statement = [], correction: corrections, json }: Options) => {
      const statements = statement.map((text) => {
        const [, key, said] = /^([^=]+)=([\s\S]*)$/.exec(text) ?? []
        return { for: key?.trim() ?? '', text: said ?? '' }
      })
      const checked = checkOptions(publishDraftSchema.omit({ revision: true }), { statements, corrections })
      const context = open()
      const made = publishDraft(context.db, {
        slug,
        revision: revisionOf(context, slug, revision),
        ...checked,
        ...who(context),
      })
      print(json, presentVersion(made), () => `${slug}: version ${made.version} is published, sha256 ${made.sha256}.`)
    })
  command('discard', 'delete the draft for good')
    .option('--revision <number>', 'that was looked at; refused where somebody has saved since')
    .action((slug: string, { revision, json }: Options) => {
      const context = open()
      const discarded = { slug, revision: revisionOf(context, slug, revision) }
      discardDraft(context.db, { ...discarded, ...who(context) })
      print(json, discarded, () => `The draft of ${slug} is discarded.`)
    })
}

function revisionOf({ db }: AppContext, slug: string, given: string | undefined): number {
  if (given === undefined) return loadDraft(db, slug).revision
  if (!/^[1-9]\d{0,8}$/.test(given)) throw badRequest('bad_revision', '--revision: must be the revision that you saw')
  return Number(given)
}

async function readSetFile(path: string): Promise<Buffer> {
  const file = await stat(path).catch(() => undefined)
  if (!file?.isFile()) throw badRequest('no_file', `There is no file ${path}.`)
  // Not read at all where it is far too large.
  if (file.size > largestFile)
    throw badRequest('too_large', `${path} is too large: at most ${largestFile / 1024} KB is taken.`)
  return readFile(path)
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const listOf = (value: unknown) => (Array.isArray(value) ? (value as Record<string, unknown>[]) : [])

/** Of any content, complete or not. */
const outline = (questions: { pages?: unknown }): string =>
  listOf(questions.pages)
    .flatMap((page, index) => [
      `\nPage ${index + 1}: ${textOf(page?.title)}`,
      ...listOf(page?.elements).map(
        (element) =>
          `  ${textOf(element?.name)} (${textOf(element?.type)}): ${textOf(element?.title ?? element?.html)}`,
      ),
    ])
    .join('\n')

const writeDraft = (draft: DraftView): string =>
  [
    `${draft.title}: a draft of ${draft.slug}, ${draft.basedOn === null ? 'a new question set' : `from version ${draft.basedOn}`}.`,
    `Revision ${draft.revision}, saved by ${draft.updatedBy} on ${draft.updatedAt}.`,
    outline(draft.questions),
  ].join('\n')

const writeTestResponses = ({ testResponses, total }: TestResponseList): string =>
  [
    textTable(
      ['When', 'By', 'Answered', 'Counts in'],
      testResponses.map(({ createdAt, createdBy, version, reading, unread }) => [
        createdAt,
        createdBy,
        version === null ? 'the draft' : `version ${version}`,
        reading ? idsThatCount(reading.indicators).join(', ') : (unread ?? ''),
      ]),
    ),
    total > testResponses.length ? `The newest ${testResponses.length} of ${total}.` : '',
  ]
    .filter(Boolean)
    .join('\n')

const idsThatCount = (indicators: { id: string; result: string }[]) =>
  indicators.filter(({ result }) => result === 'counts').map(({ id }) => id)

const writeComparison = ({ from, to, changes }: Comparison): string =>
  changes.length === 0
    ? from === null
      ? 'A new question set: there is nothing to compare it with.'
      : 'Nothing changed.'
    : [
        `From version ${from} to ${to === 'draft' ? 'the draft' : `version ${to}`}:`,
        textTable(
          ['Key', 'Class', 'Change', 'Place', 'What', 'Before', 'After'],
          changes.map((one) => [
            one.key,
            one.respelt ? `${one.class} (a letter or two)` : one.class,
            one.kind,
            one.place,
            one.what,
            one.before ?? '',
            one.after ?? '',
          ]),
        ),
      ].join('\n')

function writeCheck({ ready, problems, estimate }: DraftCheck): string {
  const time = estimate ? [`Answering everything takes about ${Math.ceil(estimate.longest / 60)} minutes.`] : []
  const lines = problems.map(({ severity, where, message }) => `${severity}: ${where}: ${message}`)
  return [...lines, ...time, ready ? 'It can be published.' : 'It cannot be published yet.'].join('\n')
}

/** Below `collection`. */
export function addMoveCommand(collection: Command, open: OpenContext): void {
  collection
    .command('move')
    .description('field a version that only corrects its own, from now on; answers keep the version they were begun on')
    .argument('<collection>', 'identifier or name')
    .requiredOption('--version <number>')
    .option('--json', 'print JSON')
    .action((name: string, { version, json }: { version: string; json?: boolean }) => {
      const context = open()
      const { id, questionSet } = findCollection(context.db, name)
      const to = findVersion(context.db, questionSet, version)
      const moved = moveCollectionToVersion(context.db, id, to.version, who(context))
      print(
        json,
        { id, questionSet, version: moved.version },
        () => `${moved.name} is on version ${moved.version} of ${questionSet} from now on.`,
      )
    })
}
