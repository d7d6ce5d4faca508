import { Link } from 'react-router'
import type { z } from 'zod'
import type { coordinatedLinksSchema, participationSchema } from '../../../server/cascade/schema/coordinators.ts'
import { Tag, type TagColour } from '../../components/messages.tsx'
import { Table } from '../../components/table.tsx'
import { formatNumber } from '../../components/format.ts'
import { MessageTag } from '../collections/message-tag.tsx'

export type CoordinatedLink = z.infer<typeof coordinatedLinksSchema>['links'][number]
type Participation = z.infer<typeof participationSchema>

const problems: Record<NonNullable<CoordinatedLink['problem']>, [TagColour, string]> = {
  bounced_hard: ['red', 'Address does not work'],
  bounced_soft: ['yellow', 'Came back'],
  bounced_policy: ['yellow', 'Turned away'],
  failed: ['red', 'Failed'],
  not_understood: ['purple', 'Report not understood'],
}

/** Where the message to a coordinator stands, with what the mail server said where it did not arrive. */
export function messageOf({ coordinatorEmail, messageStatus, problem, problemDetail, withdrawnAt }: CoordinatedLink) {
  if (withdrawnAt) return 'Link withdrawn'
  if (problem)
    return (
      <>
        <Tag colour={problems[problem][0]}>{problems[problem][1]}</Tag>{' '}
        <span className="app-identifier">{problemDetail}</span>
      </>
    )
  if (messageStatus) return <MessageTag status={messageStatus} />
  return coordinatorEmail ? 'Not sent yet' : ''
}

export function CoordinatorTable({ links }: { links: readonly CoordinatedLink[] }) {
  return (
    <Table
      caption="Links and coordinators"
      empty="There are no links yet."
      rows={links}
      rowKey={({ id }) => id}
      columns={[
        {
          head: 'Organisation',
          cell: ({ id, organisation, system }) => (
            <Link className="govuk-link" to={id}>
              {organisation ?? 'Any organisation'}
              {organisation === null ? <span className="govuk-visually-hidden"> in {system.name}</span> : null}
            </Link>
          ),
        },
        { head: 'System', cell: ({ system }) => system.name },
        {
          head: 'Coordinator',
          cell: ({ coordinatorName, coordinatorEmail }) => (
            <span className="app-identifier">{[coordinatorName, coordinatorEmail].filter(Boolean).join(', ')}</span>
          ),
        },
        { head: 'Message', cell: messageOf },
        {
          head: 'People reached',
          numeric: true,
          cell: ({ declaredReach }) => (declaredReach === null ? '' : formatNumber(declaredReach)),
        },
        { head: 'Short address', cell: ({ shortUrl }) => <span className="app-identifier">{shortUrl}</span> },
        {
          head: 'Poster',
          cell: ({ posterUrl, organisation, system, withdrawnAt }) =>
            withdrawnAt ? null : (
              <a className="govuk-link" href={posterUrl}>
                Poster<span className="govuk-visually-hidden"> for {organisation ?? system.name}</span>
              </a>
            ),
        },
      ]}
    />
  )
}

/** Answers by declared reach; a cascade has no response rate. */
export function ParticipationTable({ participation: { cells, k } }: { participation: Participation }) {
  return (
    <>
      <Table
        caption="Participation"
        rows={cells}
        rowKey={({ cell }) => JSON.stringify(cell)}
        columns={[
          { head: 'System', cell: ({ label }) => label },
          { head: 'Links with a declared reach', numeric: true, cell: ({ declared }) => formatNumber(declared) },
          { head: 'Declared reach', numeric: true, cell: ({ reach }) => formatNumber(reach) },
          { head: 'Participation', numeric: true, cell: rangeOf },
        ]}
      />
      <p className="govuk-body">
        People reached, or declared reach: how many people a coordinator says they passed the link to. Participation is
        the number of submitted answers that came through links with a declared reach, divided by that reach. The lower
        figure supposes that nobody was reached by two coordinators; the higher, that within a system everybody was
        among those reached by the largest. Where more people answered than were declared, it says 100%: ask the
        coordinator for a better number. It is not a response rate. Hidden: as in results, a group of fewer than {k}{' '}
        answers is not shown, nor one that would give it away.
      </p>
    </>
  )
}

function rangeOf({ declared, suppressed, low, high }: Participation['cells'][number]) {
  if (declared === 0) return 'Not declared'
  if (suppressed) return 'Hidden'
  return low === high ? `${low}%` : `${low}% to ${high}%`
}
