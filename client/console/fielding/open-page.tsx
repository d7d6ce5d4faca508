import { Link, useLoaderData, useNavigate } from 'react-router'
import { Button } from '../../components/button.tsx'
import { WarningText } from '../../components/messages.tsx'
import { post } from '../api.ts'
import { formatDate, formatNumber, plural } from '../../components/format.ts'
import { useSend } from '../use-send.ts'
import { collectionAddress, type loadCollection } from '../collections/load.ts'
import { PageTop } from '../collections/page-top.tsx'

/** Says what opening does before it is done. */
export function OpenPage() {
  const collection = useLoaderData<typeof loadCollection>()
  const { send, busy, problems } = useSend()
  const navigate = useNavigate()
  const back = `/console/collections/${collection.id}`
  const withContact = collection.frame?.withContact ?? 0

  async function open() {
    if (await send(() => post(`${collectionAddress(collection.id)}/open`))) await navigate(back)
  }

  return (
    <>
      <PageTop collection={collection} title="Open the collection" problems={problems} />
      <p className="govuk-body">This is what will happen:</p>
      <ul className="govuk-list govuk-list--bullet">
        {collection.frame ? (
          <>
            <li>
              {plural(withContact, 'service')} with a contact will each have an invitation with a link of its own;{' '}
              {formatNumber(collection.frame.services - withContact)} without a contact will have none and count as not
              reached.
            </li>
            <li>No message is sent yet: you send the invitations afterwards, and see the list before.</li>
          </>
        ) : (
          <li>
            A link is made for each of {plural(collection.systems.length, 'system')}, for you to give to the
            organisations that pass it on. No message is sent.
          </li>
        )}
        <li>
          Answers are taken from {formatDate(collection.opensAt)} to the end of {formatDate(collection.closesAt)}.
        </li>
        <li>
          The questions, the frame and the smallest base shown ({formatNumber(collection.k)}) are fixed from then on.
        </li>
      </ul>
      <WarningText>Opening cannot be undone.</WarningText>
      <div className="govuk-button-group">
        <Button busy={busy} onClick={() => void open()}>
          Open the collection
        </Button>
        <Link className="govuk-link" to={back}>
          Cancel
        </Link>
      </div>
    </>
  )
}
