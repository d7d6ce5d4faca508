import { useState } from 'react'
import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { Snapshot, Verification, VersionsToTake } from '../../../server/results/schema.ts'
import { Button } from '../../components/button.tsx'
import { Select } from '../../components/fields.tsx'
import { Tag } from '../../components/messages.tsx'
import { Table } from '../../components/table.tsx'
import { get, post } from '../api.ts'
import { formatDateTime, formatNumber, plural } from '../../components/format.ts'
import { useSend } from '../use-send.ts'
import { collectionAddress, loadCollection } from '../collections/load.ts'
import { PageTop } from '../collections/page-top.tsx'

export async function loadSnapshots(args: LoaderFunctionArgs) {
  const address = `${collectionAddress(args.params.id)}/snapshots`
  const [collection, snapshots, versions] = await Promise.all([
    loadCollection(args),
    get<Snapshot[]>(address),
    get<VersionsToTake>(`${address}/versions`),
  ])
  return { collection, snapshots, versions }
}

/** Results as they stood: taken, checked against the responses, released for good. */
export function SnapshotsPage() {
  const { collection, snapshots, versions } = useLoaderData<typeof loadSnapshots>()
  const [version, setVersion] = useState(collection.version)
  const { send, busy, problems } = useSend()
  const [done, setDone] = useState('')
  const address = `${collectionAddress(collection.id)}/snapshots`

  async function act<T>(change: () => Promise<T>, words: (result: T) => string) {
    setDone('')
    const result = await send(change)
    if (result) setDone(words(result))
  }
  const take = () =>
    act(
      () => post<Snapshot>(address, { version }),
      ({ responses, version }) =>
        `Snapshot taken of ${plural(responses, 'complete response')} by the plan of version ${version}. Only admins know of it until you release it.`,
    )
  const verify = ({ id }: Snapshot) => act(() => post<Verification>(`${address}/${id}/verify`), wordsOf)
  const release = ({ id, responses }: Snapshot) => {
    if (
      !confirm(
        `Release the snapshot of ${plural(responses, 'response')}? All staff will see its results, and it cannot be taken back.`,
      )
    )
      return
    return act(
      () => post<Snapshot>(`${address}/${id}/release`),
      () => 'Released. Staff can read the results now.',
    )
  }

  return (
    <>
      <PageTop collection={collection} title="Snapshots" problems={problems} done={done} />
      <p className="govuk-body">
        A snapshot is the results as they stand at one moment, sealed by a hash. Nobody sees its figures before it is
        released; a released one never changes. It is normally taken after the close. Verifying takes it again from the
        same responses and compares.
      </p>
      <p className="govuk-body">
        A later snapshot can be released only if no published base has changed by fewer than{' '}
        {formatNumber(collection.k)} responses: the difference would point at people.
      </p>
      {versions.length > 1 ? (
        <VersionChoice {...{ versions, version }} own={collection.version} onChange={setVersion} />
      ) : null}
      <Button busy={busy} onClick={() => void take()}>
        Take a snapshot
      </Button>
      <p className="govuk-body" role="status">
        {busy ? 'Working' : ''}
      </p>
      <Table
        caption="Snapshots"
        hideCaption
        empty="None has been taken yet."
        rows={snapshots}
        rowKey={({ id }) => id}
        columns={[
          { head: 'Taken', cell: ({ takenAt, takenBy }) => `${formatDateTime(takenAt)}, by ${takenBy}` },
          { head: 'Version', numeric: true, cell: ({ version }) => formatNumber(version) },
          { head: 'Responses', numeric: true, cell: ({ responses }) => formatNumber(responses) },
          { head: 'Seal', cell: ({ sha256 }) => <code className="app-identifier">{sha256}</code> },
          {
            head: 'State',
            cell: ({ releasedAt }) =>
              releasedAt ? (
                <>
                  <Tag colour="blue">Released</Tag> {formatDateTime(releasedAt)}
                </>
              ) : (
                <Tag>Not released</Tag>
              ),
          },
          {
            head: 'Actions',
            cell: (snapshot) => (
              <Actions
                {...{ snapshot, busy }}
                onVerify={() => void verify(snapshot)}
                onRelease={() => void release(snapshot)}
              />
            ),
          },
        ]}
      />
    </>
  )
}

interface VersionChoiceProps {
  versions: VersionsToTake
  version: number
  own: number
  onChange: (version: number) => void
}

/** Later versions ask the same questions and count the answers otherwise. */
function VersionChoice({ versions, version, own, onChange }: VersionChoiceProps) {
  const chosen = versions.find((one) => one.version === version)
  return (
    <>
      <Select
        id="version"
        label="Count by the analysis plan of"
        hint="Later versions are offered where they ask the same questions and change only the plan. Once results are released, those of another plan can follow only if they are of the same responses and groups, and nothing can be worked out by comparing the two."
        value={String(version)}
        onChange={(value) => onChange(Number(value))}
        options={versions.map(({ version }) => ({
          value: String(version),
          label: version === own ? `version ${version}, which people answered` : `version ${version}`,
        }))}
      />
      {version !== own && chosen?.comparability ? (
        <p className="govuk-body">
          What version {version} says of comparing it with the version before: {chosen.comparability}
        </p>
      ) : null}
    </>
  )
}

const wordsOf = ({ same, against, differs }: Verification) => {
  const what =
    against === 'retaken'
      ? 'taken again from the responses'
      : 'compared with what is stored (the responses can no longer be linked)'
  return same
    ? `Verified: ${what}, it has the same seal.`
    : `Not the same: ${what}, these parts differ: ${differs.join(', ')}.`
}

function Actions({
  snapshot,
  busy,
  onVerify,
  onRelease,
}: {
  snapshot: Snapshot
  busy: boolean
  onVerify: () => void
  onRelease: () => void
}) {
  const which = <span className="govuk-visually-hidden"> the snapshot of {formatDateTime(snapshot.takenAt)}</span>
  return (
    <span className="app-actions">
      <button type="button" className="app-link-button" disabled={busy} onClick={onVerify}>
        Verify{which}
      </button>
      {snapshot.releasedAt ? null : (
        <button type="button" className="app-link-button" disabled={busy} onClick={onRelease}>
          Release{which}
        </button>
      )}
    </span>
  )
}
