import { registerWords, type FrameReportView } from '../../../server/frame/schema/frame.ts'
import { categoryLabels, serviceCategories } from '../../../server/frame/schema/categories.ts'
import { criterionWords, reasonWords } from '../../../server/frame/schema/reasons.ts'
import { Details, Tag, type TagColour } from '../../components/messages.tsx'
import { SummaryList } from '../../components/summary-list.tsx'
import { Table } from '../../components/table.tsx'
import { formatDate, formatNumber, plural } from '../../components/format.ts'

const severities: Record<FrameReportView['problems'][number]['severity'], [TagColour, string]> = {
  error: ['red', 'Wrong'],
  warning: ['yellow', 'Worth a look'],
  note: ['grey', 'For information'],
}
const words = (table: Partial<Record<string, string>>, code: string) => table[code] ?? code

/** What would be drawn and sent, what is left out and why, what is not known, and what is wrong. */
export function FrameReport({ report }: { report: FrameReportView }) {
  const { outcomes, withContact } = report
  return (
    <section aria-label="Report">
      <h2 className="govuk-heading-l" id="report-heading" tabIndex={-1}>
        Report
      </h2>
      <SourceSummary report={report} />
      <p className="govuk-body">
        {withContact === null
          ? 'No contacts were uploaded: nobody could be invited.'
          : `If you draw this frame and open the collection, ${plural(withContact, 'service')} will have an invitation: one message for each, naming the service. ${formatNumber((outcomes.drawn ?? 0) - withContact)} drawn without a contact will have none.`}
      </p>
      <Problems problems={report.problems} />
      <SystemTable report={report} />
      <CountTable
        caption="Left out, by reason (a row may have several)"
        counts={report.leftOut}
        label={(code) => words(reasonWords, code)}
      />
      <CountTable
        caption="What the file does not say"
        counts={report.notKnown}
        label={(code) => words(criterionWords, code)}
      />
    </section>
  )
}

function SourceSummary({
  report: { source, outcomes, withContact, rowsRead, rowsElsewhere },
}: {
  report: FrameReportView
}) {
  return (
    <SummaryList
      rows={[
        [
          'Register',
          `${registerWords[source.kind]}, ${source.format}${source.sheet ? `, sheet ${source.sheet}` : ''}, header in row ${source.headerRow}`,
        ],
        [
          'Date of the register',
          source.registerDate
            ? `${formatDate(source.registerDate)}${source.registerDateFrom === 'file_name' ? ' (from the name of the file)' : ''}`
            : 'The file does not say',
        ],
        ['Columns it lacks', source.absentColumns.length > 0 ? source.absentColumns.join(', ') : undefined],
        ['Rows read', formatNumber(rowsRead)],
        ['In other areas', formatNumber(rowsElsewhere)],
        ['Drawn', formatNumber(outcomes.drawn ?? 0)],
        ['Drawn, with a contact', withContact === null ? undefined : formatNumber(withContact)],
        ['Left out', formatNumber(outcomes.left_out ?? 0)],
        ['Not known', formatNumber(outcomes.not_known ?? 0)],
        ['Wrong', formatNumber(outcomes.wrong ?? 0)],
      ]}
    />
  )
}

const mostShown = 500

/** What is wrong comes first; what is only for information waits behind a summary. */
function Problems({ problems }: { problems: FrameReportView['problems'] }) {
  const [notes, others] = [
    problems.filter(({ severity }) => severity === 'note'),
    problems.filter(({ severity }) => severity !== 'note'),
  ]
  const sorted = others.sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'))
  return (
    <>
      {sorted.length > 0 ? <ProblemTable caption="What to look at" problems={sorted} /> : null}
      {notes.length > 0 ? (
        <Details summary={`For information: ${plural(notes.length, 'note')}`}>
          <ProblemTable caption="For information" problems={notes} />
        </Details>
      ) : null}
    </>
  )
}

function ProblemTable({ caption, problems }: { caption: string; problems: FrameReportView['problems'] }) {
  return (
    <Table
      caption={
        problems.length > mostShown ? `${caption}: the first ${mostShown} of ${formatNumber(problems.length)}` : caption
      }
      rows={problems.slice(0, mostShown)}
      rowKey={({ file, row, kind, locationId, detail }) => `${file} ${row} ${kind} ${locationId} ${detail}`}
      columns={[
        { head: 'What', cell: ({ detail }) => detail },
        {
          head: 'Weight',
          cell: ({ severity }) => <Tag colour={severities[severity][0]}>{severities[severity][1]}</Tag>,
        },
        { head: 'File', cell: ({ file }) => file },
        { head: 'Row', numeric: true, cell: ({ row }) => row },
        { head: 'Location ID', cell: ({ locationId }) => <span className="app-nowrap">{locationId}</span> },
      ]}
    />
  )
}

function SystemTable({ report: { systems } }: { report: FrameReportView }) {
  return (
    <Table
      caption="By system"
      rows={systems}
      rowKey={({ code }) => code}
      columns={[
        { head: 'System', cell: ({ name }) => name },
        { head: 'Drawn', numeric: true, cell: ({ drawn }) => formatNumber(drawn) },
        { head: 'With a contact', numeric: true, cell: ({ withContact }) => formatNumber(withContact) },
        { head: 'Not known', numeric: true, cell: ({ notKnown }) => formatNumber(notKnown) },
        ...serviceCategories.map((category) => ({
          head: categoryLabels[category],
          numeric: true,
          cell: ({ byCategory }: FrameReportView['systems'][number]) => formatNumber(byCategory[category] ?? 0),
        })),
      ]}
    />
  )
}

function CountTable({
  caption,
  counts,
  label,
}: {
  caption: string
  counts: Record<string, number>
  label: (code: string) => string
}) {
  const rows = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
  if (rows.length === 0) return null
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={([code]) => code}
      columns={[
        { head: 'Reason', cell: ([code]) => label(code) },
        { head: 'Rows', numeric: true, cell: ([, count]) => formatNumber(count) },
      ]}
    />
  )
}
