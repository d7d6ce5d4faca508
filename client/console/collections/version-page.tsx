import { Link, useLoaderData, useNavigate, type LoaderFunctionArgs } from 'react-router'
import type { QuestionSetSummary } from '../../../server/question-sets/schema/versions.ts'
import { Button } from '../../components/button.tsx'
import { Radios } from '../../components/fields.tsx'
import { get, post } from '../api.ts'
import { formatDate } from '../../components/format.ts'
import { onSubmit, useSend } from '../use-send.ts'
import { collectionAddress, loadCollection } from './load.ts'
import { PageTop } from './page-top.tsx'

export async function loadMove(args: LoaderFunctionArgs) {
  const [collection, sets] = await Promise.all([loadCollection(args), get<QuestionSetSummary[]>('/api/question-sets')])
  const versions = sets.find(({ slug }) => slug === collection.questionSet)?.versions ?? []
  return { collection, later: versions.filter(({ version }) => version > collection.version) }
}

/** Moves a collection to a later version that only corrects the one that it has. */
export function MovePage() {
  const { collection, later } = useLoaderData<typeof loadMove>()
  const { send, busy, problems, setProblems, problemOf } = useSend()
  const navigate = useNavigate()
  const back = `/console/collections/${collection.id}`

  async function move(fields: FormData) {
    const version = Number(fields.get('version'))
    if (!version) return setProblems([{ field: 'version', message: 'Choose a version' }])
    const moved = await send(
      () => post(`${collectionAddress(collection.id)}/version`, { version }),
      () => 'version',
    )
    if (moved) await navigate(back)
  }

  return (
    <>
      <PageTop collection={collection} title="Use a corrected version" problems={problems} />
      <p className="govuk-body">
        The collection fields {collection.questionSetTitle}, version {collection.version}. It can be moved to a later
        version that only corrects spelling and punctuation. Who has begun goes on, each response says which version it
        was begun on, and results are computed as before.
      </p>
      {later.length === 0 ? (
        <p className="govuk-body">There is no later version.</p>
      ) : (
        <form noValidate onSubmit={onSubmit(move)}>
          <Radios
            id="version"
            label="Version"
            error={problemOf('version')}
            options={later.map(({ version, publishedAt, comparable }) => ({
              value: String(version),
              label: `Version ${version}`,
              hint: `${comparable ? 'It only corrects the version before' : 'It changes more than spelling and punctuation'}; published ${formatDate(publishedAt ?? '')}`,
            }))}
          />
          <div className="govuk-button-group">
            <Button type="submit" busy={busy}>
              Move the collection
            </Button>
            <Link className="govuk-link" to={back}>
              Cancel
            </Link>
          </div>
        </form>
      )}
    </>
  )
}
