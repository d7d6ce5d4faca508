import { useState } from 'react'
import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { z } from 'zod'
import type { CollectionView } from '../../../server/collections/schema.ts'
import { withdrawLinkSchema, type coordinatedLinksSchema } from '../../../server/cascade/schema/coordinators.ts'
import { correctionSchema } from '../../../server/invitations/schema/delivery.ts'
import { Button } from '../../components/button.tsx'
import { Input } from '../../components/fields.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { ApiError, get, post, put } from '../api.ts'
import { formatDateTime, formatNumber } from '../../components/format.ts'
import { checkForm, onSubmit, useSend } from '../use-send.ts'
import { messageOf, type CoordinatedLink } from './coordinator-tables.tsx'
import { collectionAddress, loadCollection } from '../collections/load.ts'
import { onItsWay, PageTop } from '../collections/page-top.tsx'

export async function loadCoordinator(args: LoaderFunctionArgs) {
  const address = `${collectionAddress(args.params.id)}/coordinators`
  const [collection, { links }] = await Promise.all([
    loadCollection(args),
    get<z.infer<typeof coordinatedLinksSchema>>(address),
  ])
  const link = links.find(({ id }) => id === args.params.link)
  if (!link) throw new ApiError(404, 'not_found', 'There is no such link.')
  return { collection, link, address: `${address}/${link.id}` }
}

/** One link of a cascade: who passes it on, and whether it works. */
export function CoordinatorPage() {
  const { collection, link, address } = useLoaderData<typeof loadCoordinator>()
  const { busy, problems, problemOf, done, correct, withdraw, restore } = useLink(address, collection)
  const running = collection.status === 'draft' || collection.status === 'open'
  const name = link.organisation ?? link.system.name
  return (
    <>
      <PageTop
        collection={collection}
        title={name}
        back={{ to: `/console/collections/${collection.id}/coordinators`, label: 'Coordinators' }}
        problems={problems}
        done={done}
      />
      <Summary link={link} />
      {running && link.withdrawnAt === null ? (
        <>
          <CoordinatorForm
            key={link.coordinatorEmail}
            {...{ link, busy, problemOf }}
            sends={collection.status === 'open'}
            onSave={correct}
          />
          <form noValidate onSubmit={onSubmit(withdraw)}>
            <h2 className="govuk-heading-m">Withdraw the link</h2>
            <Input
              id="reason"
              label="Reason"
              hint="Whoever opens the link then sees that it does not work. Answers already given stay, and people who have begun can finish. You can take it back."
              width="30"
              error={problemOf('reason')}
            />
            <Button type="submit" kind="warning" busy={busy}>
              Withdraw the link
            </Button>
          </form>
        </>
      ) : null}
      {running && link.withdrawnAt !== null ? (
        <Button busy={busy} onClick={() => void restore()}>
          Let the link work again
        </Button>
      ) : null}
    </>
  )
}

function Summary({ link }: { link: CoordinatedLink }) {
  const { withdrawnAt, withdrawnReason, declaredReach } = link
  return (
    <SummaryList
      rows={[
        ['System', link.system.name],
        ['Coordinator', [link.coordinatorName, link.coordinatorEmail].filter(Boolean).join(', ') || 'None'],
        ['Message', withdrawnAt === null ? messageOf(link) || 'None' : undefined],
        ['Declared reach', declaredReach === null ? 'Not declared' : formatNumber(declaredReach)],
        ['Short address', <span className="app-identifier">{link.shortUrl}</span>],
        ['Withdrawn', withdrawnAt ? `${formatDateTime(withdrawnAt)}: ${withdrawnReason ?? ''}` : undefined],
      ]}
    />
  )
}

interface CoordinatorFormProps {
  link: CoordinatedLink
  sends: boolean
  busy: boolean
  problemOf: (field: string) => string | undefined
  onSave: (fields: FormData) => Promise<unknown>
}

function CoordinatorForm({ link, sends, busy, problemOf, onSave }: CoordinatorFormProps) {
  return (
    <form noValidate onSubmit={onSubmit(onSave)}>
      <h2 className="govuk-heading-m">Correct or replace the coordinator</h2>
      <Input id="name" label="Name" defaultValue={link.coordinatorName ?? ''} error={problemOf('name')} />
      <Input
        id="email"
        label="Email address"
        type="email"
        width="30"
        hint="With another address, the page that the coordinator has had so far stops working. The link to pass on stays the same."
        defaultValue={link.coordinatorEmail ?? ''}
        error={problemOf('email')}
      />
      <Button type="submit" busy={busy}>
        {sends ? 'Save and send the message' : 'Save'}
      </Button>
    </form>
  )
}

const fieldOf = (place: string) => (['name', 'email', 'reason'].includes(place) ? place : undefined)

function useLink(address: string, collection: CollectionView) {
  // A corrected coordinator of an open collection is written to at once.
  const sends = collection.status === 'open'
  const sending = useSend()
  const { send, setProblems } = sending
  const [done, setDone] = useState('')

  async function act(words: string, change: () => Promise<unknown>) {
    setDone('')
    // A change without an answer gives undefined, as a refusal does.
    if (await send(() => change().then(() => true), fieldOf)) setDone(words)
  }
  async function correct(fields: FormData) {
    const checked = checkForm(correctionSchema, {
      email: fields.get('email'),
      name: fields.get('name'),
      sendAgain: sends,
    })
    if (!checked.data) return setProblems(checked.problems)
    const words = sends ? `${onItsWay('The message', checked.data.email, collection)}.` : 'The coordinator is saved.'
    await act(words, () => put(`${address}/contact`, checked.data))
  }
  async function withdraw(fields: FormData) {
    const checked = checkForm(withdrawLinkSchema, { reason: fields.get('reason') })
    if (!checked.data) return setProblems(checked.problems)
    await act('The link is withdrawn.', () => post(`${address}/withdraw`, checked.data))
  }
  const restore = () => act('The link works again.', () => post(`${address}/restore`))
  return { ...sending, done, correct, withdraw, restore }
}
