import { Link, useLoaderData, useNavigate } from 'react-router'
import { Button } from '../../components/button.tsx'
import { WarningText } from '../../components/messages.tsx'
import { post } from '../api.ts'
import { formatDate } from '../../components/format.ts'
import { useSend } from '../use-send.ts'
import { collectionAddress, type loadCollection } from './load.ts'
import { PageTop } from './page-top.tsx'

export function ClosePage() {
  const collection = useLoaderData<typeof loadCollection>()
  const { send, busy, problems } = useSend()
  const navigate = useNavigate()
  const back = `/console/collections/${collection.id}`

  async function close() {
    if (await send(() => post(`${collectionAddress(collection.id)}/close`))) await navigate(back)
  }

  return (
    <>
      <PageTop collection={collection} title="Close the collection" problems={problems} />
      <p className="govuk-body">
        Answers are being taken until the end of {formatDate(collection.closesAt)}. If you close the collection now:
      </p>
      <ul className="govuk-list govuk-list--bullet">
        <li>nobody can answer or withdraw any more, and their links say that it is closed</li>
        <li>responses that were begun and not submitted stay out of the results</li>
        <li>invitations that are still waiting are not sent</li>
        <li>you can take a snapshot of the results and release it</li>
      </ul>
      <WarningText>Closing cannot be undone.</WarningText>
      <div className="govuk-button-group">
        <Button kind="warning" busy={busy} onClick={() => void close()}>
          Close the collection
        </Button>
        <Link className="govuk-link" to={back}>
          Cancel
        </Link>
      </div>
    </>
  )
}
