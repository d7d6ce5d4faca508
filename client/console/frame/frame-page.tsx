import { useLoaderData } from 'react-router'
import type { CollectionView } from '../../../server/collections/schema.ts'
import type { FrameReportView } from '../../../server/frame/schema/frame.ts'
import { Button } from '../../components/button.tsx'
import { DateInput } from '../../components/date-input.tsx'
import { Checkboxes, FileInput } from '../../components/fields.tsx'
import { InsetText } from '../../components/messages.tsx'
import { formatNumber, plural } from '../../components/format.ts'
import { onSubmit } from '../use-send.ts'
import { FrameReport } from './frame-report.tsx'
import { FrameRows } from './frame-rows.tsx'
import type { loadCollection } from '../collections/load.ts'
import { useFrame } from './use-frame.ts'
import { PageTop } from '../collections/page-top.tsx'

/** The register and the contacts come in; a report says what would be drawn; nothing is written before that is accepted. */
export function FramePage() {
  const collection = useLoaderData<typeof loadCollection>()
  const { report, busy, problems, problemOf, sendFiles, accept, draw } = useFrame(collection.id)
  return (
    <>
      <PageTop collection={collection} title="Draw the frame" problems={problems} />
      <p className="govuk-body">
        The frame is every eligible service of the collection’s systems in the register. Upload the files, read the
        report, then draw. Until you do, nothing changes.
      </p>
      <EarlierFrame frame={collection.frame} />
      <form noValidate onSubmit={onSubmit(sendFiles)}>
        <FileInput
          id="register"
          label="Register"
          hint="CQC’s monthly care directory with filters (ods, xlsx, or a csv saved from it) or its weekly directory (csv)."
          accept=".ods,.xlsx,.csv"
          error={problemOf('register')}
        />
        <FileInput
          id="contacts"
          label="Contacts"
          hint="A csv with the columns location_id, email and name."
          accept=".csv"
        />
        <Button type="submit" kind={report ? 'secondary' : 'primary'} busy={busy}>
          Upload and show the report
        </Button>
      </form>
      <p className="govuk-body" role="status">
        {busy ? 'Reading the files. A large register takes up to a minute.' : ''}
      </p>
      {report ? (
        <>
          <FrameReport report={report} />
          <form noValidate onSubmit={onSubmit(draw)}>
            <AcceptUnknown report={report} onChange={(ticked) => void accept(ticked)} />
            {report.source.registerDate ? null : (
              <DateInput
                id="registerDate"
                label="Date of the register"
                hint="The file does not say of what day it is."
                error={problemOf('registerDate')}
              />
            )}
            {report.blocked ? (
              <p className="govuk-body">
                The frame cannot be drawn until what is wrong has been put right in the files.
              </p>
            ) : (
              <Button type="submit" busy={busy}>
                Draw {plural(report.outcomes.drawn ?? 0, 'service')}
              </Button>
            )}
          </form>
          <FrameRows rows={report.rows} />
        </>
      ) : null}
    </>
  )
}

function EarlierFrame({ frame }: { frame: CollectionView['frame'] }) {
  if (!frame || frame.services === 0) return null
  return (
    <InsetText>
      There is a frame of {plural(frame.services, 'service')} already, {formatNumber(frame.withContact)} with a contact.
      Drawing again replaces it.
    </InsetText>
  )
}

function AcceptUnknown({ report, onChange }: { report: FrameReportView; onChange: (ticked: boolean) => void }) {
  const notKnown = report.outcomes.not_known ?? 0
  if (notKnown === 0 && !report.acceptUnknown) return null
  return (
    <div onChange={(event) => onChange((event.target as HTMLInputElement).checked)}>
      <Checkboxes
        id="acceptUnknown"
        label="Services of which the file does not say everything"
        options={[
          {
            value: 'true',
            label: 'Draw them as well',
            hint: report.acceptUnknown
              ? 'They are drawn, and counted in the report.'
              : `${plural(notKnown, 'service')} would be added.`,
          },
        ]}
        defaultValues={report.acceptUnknown ? ['true'] : []}
      />
    </div>
  )
}
