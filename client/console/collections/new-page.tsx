import { Link, useLoaderData, useNavigate } from 'react-router'
import type { z } from 'zod'
import { newCollectionSchema, type CollectionView } from '../../../server/collections/schema.ts'
import type { QuestionSetSummary, QuestionSetVersionDetail } from '../../../server/question-sets/schema/versions.ts'
import type { SystemView, systemsSchema } from '../../../server/systems/schema.ts'
import { modeOf } from '../../../surveys/modes.ts'
import { Button } from '../../components/button.tsx'
import { DateInput, dayOf } from '../../components/date-input.tsx'
import { ErrorSummary, type Problem } from '../../components/error-summary.tsx'
import { Checkboxes, Input, Radios } from '../../components/fields.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { get, post } from '../api.ts'
import { checkForm, onSubmit, useSend } from '../use-send.ts'

export async function loadNewCollection() {
  const [sets, { systems }] = await Promise.all([
    get<QuestionSetSummary[]>('/api/question-sets'),
    get<z.infer<typeof systemsSchema>>('/api/systems'),
  ])
  const newest = sets.flatMap(({ slug, versions }) =>
    versions
      .filter(({ publishedAt }) => publishedAt)
      .slice(0, 1)
      .map(({ version }) => ({ slug, version })),
  )
  const versions = await Promise.all(
    newest.map(({ slug, version }) => get<QuestionSetVersionDetail>(`/api/question-sets/${slug}/versions/${version}`)),
  )
  return { systems, versions }
}

const fieldNames: Record<string, string> = {
  name: 'Name',
  questionSet: 'Question set',
  mode: 'Question set',
  systems: 'Systems',
  opens: 'First day',
  closes: 'Last day',
  k: 'Smallest base shown',
  retainUntil: 'Keep contacts until',
  notice: 'Notice',
}

const whereMissing: Record<string, string> = {
  name: 'Enter a name',
  systems: 'Choose at least one system',
  opens: 'Enter the first day',
  closes: 'Enter the last day',
  k: 'Enter a number',
}
const saysMissing = /^(Invalid input|is blank|must name a system)/

/** What is missing is asked for; what is wrong is said after the name of its field. */
function inWords({ field = '', message }: Problem): Problem {
  if (field === 'questionSet' || field === 'mode') return { field: 'questionSet', message: 'Choose a question set' }
  const asked = saysMissing.test(message) ? whereMissing[field] : undefined
  return { field, message: asked ?? `${fieldNames[field] ?? field} ${message}` }
}

export function NewCollectionPage() {
  const { systems, versions } = useLoaderData<typeof loadNewCollection>()
  const { send, busy, problems, setProblems, problemOf } = useSend()
  const navigate = useNavigate()

  async function create(fields: FormData) {
    const checked = checkForm(newCollectionSchema, readForm(fields, versions))
    if (!checked.data) return setProblems(unique(checked.problems.map(inWords)))
    const collection = await send(
      () => post<CollectionView>('/api/collections', checked.data),
      (place) => place.split('.')[0],
    )
    if (collection) await navigate(`/console/collections/${collection.id}`)
  }

  return (
    <>
      <Link className="govuk-back-link" to="/console/collections">
        Collections
      </Link>
      <ErrorSummary problems={problems} />
      <PageHeading failed={problems.length > 0}>New collection</PageHeading>
      <form noValidate onSubmit={onSubmit(create)}>
        <Input
          id="name"
          label="Name"
          hint="Staff see it, and the messages to respondents name it."
          width="30"
          error={problemOf('name')}
        />
        <Radios
          id="questionSet"
          label="Question set"
          hint="The newest published version is used, and never changes for this collection."
          error={problemOf('questionSet')}
          options={versions.map(({ slug, title, version, plan }) => ({
            value: slug,
            label: `${title}, version ${version}`,
            hint: `${modeOf(plan).words.fielded}; about ${plan.minutes} minutes`,
          }))}
        />
        <SystemBoxes systems={systems} error={problemOf('systems')} />
        <DateInput
          id="opens"
          label="First day"
          hint="Links can be answered from the start of this day, once you have opened the collection."
          error={problemOf('opens')}
        />
        <DateInput
          id="closes"
          label="Last day"
          hint="Answers are taken until the end of this day."
          error={problemOf('closes')}
        />
        <Input
          id="k"
          label="Smallest base shown"
          hint="Figures that rest on fewer responses are hidden. It cannot be changed once the collection has opened."
          defaultValue="10"
          width="4"
          type="number"
          error={problemOf('k')}
        />
        <DateInput
          id="retainUntil"
          label="Keep contacts until (optional)"
          hint="After this day the contacts and what links them to answers can be deleted. Without a date: a year after the last day."
          error={problemOf('retainUntil')}
        />
        <Input
          id="notice"
          label="Notice (optional)"
          hint="Shown on every page and export of this collection, for example that its data are synthetic."
          width="30"
          error={problemOf('notice')}
        />
        <Button type="submit" busy={busy}>
          Create the draft
        </Button>
      </form>
    </>
  )
}

function readForm(fields: FormData, versions: readonly QuestionSetVersionDetail[]) {
  const questionSet = fields.get('questionSet')
  return {
    name: fields.get('name'),
    questionSet,
    mode: versions.find(({ slug }) => slug === questionSet)?.plan.mode,
    systems: fields.getAll('systems'),
    opens: dayOf(fields, 'opens'),
    closes: dayOf(fields, 'closes'),
    k: Number(fields.get('k')),
    retainUntil: dayOf(fields, 'retainUntil'),
    notice: fields.get('notice') || undefined,
  }
}

const unique = (problems: Problem[]) =>
  problems.filter((problem, index) => problems.findIndex(({ field }) => field === problem.field) === index)

function SystemBoxes({ systems, error }: { systems: readonly SystemView[]; error?: string }) {
  if (systems.length === 0)
    return (
      <p className="govuk-body">
        There are no systems yet. Load them on the command line first: <code>systems import</code> with a file.
      </p>
    )
  const tickAll = (ticked: boolean) =>
    document.querySelectorAll<HTMLInputElement>('input[name=systems]').forEach((box) => {
      box.checked = ticked
    })
  return (
    <>
      <Checkboxes
        id="systems"
        small
        label="Systems"
        hint="The areas under review that this collection covers."
        error={error}
        options={systems.map(({ code, name, region }) => ({ value: code, label: `${name} (${region})` }))}
      />
      <p className="govuk-body app-actions">
        <button type="button" className="app-link-button" onClick={() => tickAll(true)}>
          Tick all systems
        </button>
        <button type="button" className="app-link-button" onClick={() => tickAll(false)}>
          Untick all systems
        </button>
      </p>
    </>
  )
}
