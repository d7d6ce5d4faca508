import { useEffect, useState } from 'react'
import { Link, useLoaderData, useNavigate } from 'react-router'
import { frameBodySchema, type FrameReportView } from '../../../server/frame/schema.ts'
import { Button } from '../../components/button.tsx'
import { DateInput, dayOf } from '../../components/date-input.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Checkboxes, FileInput } from '../../components/fields.tsx'
import { InsetText, Notice } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { ApiError, get, post, upload } from '../api.ts'
import { formatNumber, plural } from '../format.ts'
import { checkForm, useSend } from '../use-send.ts'
import { FrameReport } from './frame-report.tsx'
import { FrameRows } from './frame-rows.tsx'
import { collectionAddress, type loadCollection } from './load.ts'

/** The register and the contacts come in; a report says what would be drawn; nothing is written before that is accepted. */
export function FramePage() {
  const collection = useLoaderData<typeof loadCollection>()
  const { send, busy, problems, setProblems, problemOf } = useSend()
  const [report, setReport] = useState<FrameReportView>()
  const [acceptUnknown, setAcceptUnknown] = useState(false)
  const navigate = useNavigate()
  const address = collectionAddress(collection.id)
  const back = `/console/collections/${collection.id}`
  const readReport = (accept: boolean) => get<FrameReportView>(`${address}/frame/report?acceptUnknown=${accept}`)

  // Files uploaded on an earlier visit are still there.
  useEffect(() => {
    let left = false
    readReport(false).then((found) => left || setReport(found), (error: unknown) => {
      if (!left && !(error instanceof ApiError && error.code === 'no_register')) setProblems([{ message: error instanceof Error ? error.message : String(error) }])
    })
    return () => { left = true }
  }, [address])

  async function sendFiles(event: React.SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const chosen = (['register', 'contacts'] as const).flatMap((part) => {
      const file = fields.get(part)
      return file instanceof File && file.size > 0 ? [{ part, file }] : []
    })
    if (chosen.length === 0) return setProblems([{ field: 'register', message: 'Choose the register file' }])
    const read = await send(async () => {
      for (const { part, file } of chosen) await upload(`${address}/uploads/${part}`, file)
      const found = await readReport(acceptUnknown)
      setReport(found)
      return found
    })
    if (read) requestAnimationFrame(() => document.getElementById('report-heading')?.focus())
  }

  async function accept(ticked: boolean) {
    setAcceptUnknown(ticked)
    await send(async () => setReport(await readReport(ticked)))
  }

  async function draw(event: React.SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const checked = checkForm(frameBodySchema, { acceptUnknown, registerDate: dayOf(new FormData(event.currentTarget), 'registerDate') })
    if (!checked.data) return setProblems(checked.problems.map(({ field, message }) => ({ field, message: `Date of the register ${message}` })))
    const stored = await send(() => post(`${address}/frame`, checked.data))
    if (stored) await navigate(back)
  }

  return (
    <>
      <Link className="govuk-back-link" to={back}>{collection.name}</Link>
      <ErrorSummary problems={problems} />
      <PageHeading caption={collection.name} failed={problems.length > 0}>Draw the frame</PageHeading>
      <Notice text={collection.notice} />
      <p className="govuk-body">The frame is every eligible service of the collection’s systems in the register. Upload the files, read the report, then draw. Until you do, nothing changes.</p>
      {collection.frame && collection.frame.services > 0 ? <InsetText>There is a frame of {plural(collection.frame.services, 'service')} already, {formatNumber(collection.frame.withContact)} with a contact. Drawing again replaces it.</InsetText> : null}
      <form noValidate onSubmit={(event) => void sendFiles(event)}>
        <FileInput id="register" label="Register" hint="CQC’s monthly care directory with filters (ods, xlsx, or a csv saved from it) or its weekly directory (csv)." accept=".ods,.xlsx,.csv" error={problemOf('register')} />
        <FileInput id="contacts" label="Contacts" hint="A csv with the columns location_id, email and name." accept=".csv" />
        <Button type="submit" kind={report ? 'secondary' : 'primary'} busy={busy}>Upload and show the report</Button>
      </form>
      <p className="govuk-body" role="status">{busy ? 'Reading the files. A large register takes up to a minute.' : ''}</p>
      {report ? (
        <>
          <FrameReport report={report} />
          <form noValidate onSubmit={(event) => void draw(event)}>
            <AcceptUnknown report={report} onChange={(ticked) => void accept(ticked)} />
            {report.source.registerDate ? null : <DateInput id="registerDate" label="Date of the register" hint="The file does not say of what day it is." error={problemOf('registerDate')} />}
            {report.blocked ? <p className="govuk-body">The frame cannot be drawn until what is wrong has been put right in the files.</p> : <Button type="submit" busy={busy}>Draw {plural(report.outcomes.drawn ?? 0, 'service')}</Button>}
          </form>
          <FrameRows rows={report.rows} />
        </>
      ) : null}
    </>
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
        options={[{ value: 'true', label: 'Draw them as well', hint: report.acceptUnknown ? 'They are drawn, and counted in the report.' : `${plural(notKnown, 'service')} would be added.` }]}
        defaultValues={report.acceptUnknown ? ['true'] : []}
      />
    </div>
  )
}
