import { useState } from 'react'
import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import type { z } from 'zod'
import { flagReviewSchema, type flagsSchema } from '../../../server/cascade/schema/flags.ts'
import { Button } from '../../components/button.tsx'
import { Input } from '../../components/fields.tsx'
import { Tag } from '../../components/messages.tsx'
import { Table } from '../../components/table.tsx'
import { get, post } from '../api.ts'
import { formatDate, formatDateTime, formatNumber } from '../../components/format.ts'
import { checkForm, onSubmit, useSend } from '../use-send.ts'
import { collectionAddress, loadCollection } from '../collections/load.ts'
import { PageTop } from '../collections/page-top.tsx'

type Flag = z.infer<typeof flagsSchema>['flags'][number]

export async function loadFlags(args: LoaderFunctionArgs) {
  const [collection, { flags }] = await Promise.all([
    loadCollection(args),
    get<z.infer<typeof flagsSchema>>(`${collectionAddress(args.params.id)}/flags`),
  ])
  return { collection, flags }
}

const words = ({ kind, count }: Pick<Flag, 'kind' | 'count'>) =>
  kind === 'burst'
    ? `${formatNumber(count)} answers within ten minutes`
    : `${formatNumber(count)} answers in a day from what looks like one browser`

const linkName = ({ organisation, system }: Flag) => [organisation ?? 'Any organisation', system].join(', ')

/** Submissions that are worth a look. Nothing is deleted or left out for it: results change only by what people decide elsewhere. */
export function FlagsPage() {
  const { collection, flags } = useLoaderData<typeof loadFlags>()
  const { send, busy, problems, setProblems, problemOf } = useSend()
  const [done, setDone] = useState(false)
  const next = flags.find(({ reviewedAt }) => reviewedAt === null)

  async function review(fields: FormData) {
    setDone(false)
    const { data, problems } = checkForm(flagReviewSchema, { note: fields.get('note') })
    if (!data) return setProblems(problems)
    await send(() => post(`${collectionAddress(collection.id)}/flags/${next?.id}/review`, data))
    setDone(true)
  }

  return (
    <>
      <PageTop
        collection={collection}
        title="Answers to look at"
        problems={problems}
        done={done && problems.length === 0 ? 'Your note is saved.' : undefined}
      />
      <p className="govuk-body">
        A flag says that something is unusual, not that it is wrong: a team may answer together, and a whole office can
        look like one browser. No answer is deleted or left out because of a flag.
      </p>
      {next ? (
        <form noValidate onSubmit={onSubmit(review)} key={next.id}>
          <h2 className="govuk-heading-m">Next to look at</h2>
          <p className="govuk-body">
            {formatDate(next.day)}, {linkName(next)}: {words(next)}.
          </p>
          <Input
            id="note"
            label="What did you find?"
            hint="Such as: the coordinator says that they answered at a team meeting."
            error={problemOf('note')}
          />
          <Button type="submit" busy={busy}>
            Save and mark as looked at
          </Button>
        </form>
      ) : null}
      <FlagTable flags={flags} />
    </>
  )
}

function FlagTable({ flags }: { flags: readonly Flag[] }) {
  return (
    <Table
      caption="Flags"
      empty="Nothing unusual was noticed."
      rows={flags}
      rowKey={({ id }) => id}
      columns={[
        { head: 'Link', cell: linkName },
        { head: 'Day', cell: ({ day }) => formatDate(day) },
        { head: 'What was noticed', cell: words },
        {
          head: 'Looked at',
          cell: ({ reviewedAt, reviewedBy }) =>
            reviewedAt ? `${formatDateTime(reviewedAt)}, ${reviewedBy}` : <Tag colour="blue">To do</Tag>,
        },
        { head: 'Note', cell: ({ note }) => <span className="app-identifier">{note}</span> },
      ]}
    />
  )
}
