import { useState } from 'react'
import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { z } from 'zod'
import type { CollectionView } from '../../../server/collections/schema.ts'
import type {
  coordinatedLinksSchema,
  coordinatorPlanSchema,
  coordinatorsSavedSchema,
  participationSchema,
} from '../../../server/cascade/schema/coordinators.ts'
import { Button } from '../../components/button.tsx'
import { FileInput } from '../../components/fields.tsx'
import { InsetText } from '../../components/messages.tsx'
import { ApiError, get, post, upload } from '../api.ts'
import { formatDate, formatNumber, plural } from '../../components/format.ts'
import { onSubmit, useSend } from '../use-send.ts'
import { CoordinatorTable, ParticipationTable } from './coordinator-tables.tsx'
import { collectionAddress, loadCollection } from '../collections/load.ts'
import { PageTop } from '../collections/page-top.tsx'

type Links = z.infer<typeof coordinatedLinksSchema>
type Plan = z.infer<typeof coordinatorPlanSchema>
type Saved = z.infer<typeof coordinatorsSavedSchema>

export async function loadCoordinators(args: LoaderFunctionArgs) {
  const address = collectionAddress(args.params.id)
  const collection = await loadCollection(args)
  const [{ links }, participation, plan] = await Promise.all([
    get<Links>(`${address}/coordinators`),
    get<z.infer<typeof participationSchema>>(`${address}/participation`),
    collection.status === 'open'
      ? post<Plan>(`${address}/coordinators/messages`, { dryRun: true }).catch(refusalOf)
      : undefined,
  ])
  return { collection, links, participation, plan }
}

/** The page stands without the dry run, and says why there is none. */
function refusalOf(error: unknown): { refused: string } {
  if (error instanceof ApiError) return { refused: error.message }
  throw error
}

const leaving = ({ pausedAt, takesAnswers, opensAt }: CollectionView): string => {
  if (pausedAt !== null) return 'once sending is resumed'
  return takesAnswers ? 'now' : `on ${formatDate(opensAt)}, when answers are first taken`
}

/** Who passes on the links: a csv makes them, one action writes to them, and what they declare gives participation as a range. */
export function CoordinatorsPage() {
  const { collection, links, participation, plan } = useLoaderData<typeof loadCoordinators>()
  const { send, busy, problems, setProblems, problemOf } = useSend()
  const [done, setDone] = useState<string>()
  const address = collectionAddress(collection.id)
  const waiting = plan && 'queued' in plan ? plan.queued.length : 0

  async function importFile(fields: FormData) {
    setDone(undefined)
    const file = fields.get('coordinators')
    if (!(file instanceof File) || file.size === 0)
      return setProblems([{ field: 'coordinators', message: 'Choose a csv file of coordinators' }])
    const saved = await send(() => upload<Saved>(`${address}/coordinators`, file))
    if (saved)
      setDone(
        `${plural(saved.added, 'link')} added, ${formatNumber(saved.changed)} changed, ${formatNumber(saved.unchanged)} unchanged.`,
      )
  }

  async function sendMessages() {
    setDone(undefined)
    const sent = await send(() => post<Plan>(`${address}/coordinators/messages`, { dryRun: false }))
    if (sent) setDone(`${plural(sent.queued.length, 'message')} will leave ${leaving(collection)}.`)
  }

  return (
    <>
      <PageTop collection={collection} title="Coordinators" problems={problems} done={done} />
      {collection.status === 'draft' || collection.status === 'open' ? (
        <form noValidate onSubmit={onSubmit(importFile)}>
          <h2 className="govuk-heading-m">Add or change coordinators</h2>
          <FileInput
            id="coordinators"
            label="File of coordinators"
            hint="A csv file with the columns system, organisation, sector, name and email, one organisation on each row. Each organisation gets a link of its own. If a row is wrong, nothing is changed."
            accept=".csv"
            error={problemOf('coordinators')}
          />
          <Button type="submit" kind="secondary" busy={busy}>
            Upload
          </Button>
        </form>
      ) : null}
      {plan && 'refused' in plan ? (
        <InsetText>No messages can be sent to coordinators: {plan.refused}</InsetText>
      ) : null}
      {waiting > 0 ? (
        <>
          <h2 className="govuk-heading-m">Write to coordinators</h2>
          <p className="govuk-body">
            {plural(waiting, 'coordinator has', 'coordinators have')} had no message that arrived, as far as is known.
            Each gets a link to pass on, and a page of their own with a poster.
          </p>
          <Button busy={busy} onClick={() => void sendMessages()}>
            Send {plural(waiting, 'message')} to coordinators
          </Button>
        </>
      ) : null}
      <CoordinatorTable links={links} />
      <ParticipationTable participation={participation} />
    </>
  )
}
