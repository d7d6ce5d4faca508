import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { frameBodySchema, type FrameReportView } from '../../../server/frame/schema/frame.ts'
import { dayOf } from '../../components/date-input.tsx'
import { ApiError, get, post, upload } from '../api.ts'
import { checkForm, useSend } from '../use-send.ts'
import { collectionAddress } from '../collections/load.ts'

const readReport = (id: string, acceptUnknown: boolean) =>
  get<FrameReportView>(`${collectionAddress(id)}/frame/report?acceptUnknown=${acceptUnknown}`)

const chosenFiles = (fields: FormData) =>
  (['register', 'contacts'] as const).flatMap((part) => {
    const file = fields.get(part)
    return file instanceof File && file.size > 0 ? [{ part, file }] : []
  })

/** The steps of drawing a frame: upload, report, accept what is not known, draw. */
export function useFrame(id: string) {
  const sending = useSend()
  const { send, setProblems } = sending
  const [report, setReport] = useState<FrameReportView>()
  const [acceptUnknown, setAcceptUnknown] = useState(false)
  const navigate = useNavigate()
  useEarlierUploads(id, setReport, (message) => setProblems([{ message }]))

  async function sendFiles(fields: FormData) {
    const chosen = chosenFiles(fields)
    if (chosen.length === 0) return setProblems([{ field: 'register', message: 'Choose the register file' }])
    const read = await send(async () => {
      for (const { part, file } of chosen) await upload(`${collectionAddress(id)}/uploads/${part}`, file)
      return readReport(id, acceptUnknown)
    })
    if (!read) return
    setReport(read)
    requestAnimationFrame(() => document.getElementById('report-heading')?.focus())
  }

  async function accept(ticked: boolean) {
    setAcceptUnknown(ticked)
    const read = await send(() => readReport(id, ticked))
    if (read) setReport(read)
  }

  async function draw(fields: FormData) {
    const checked = checkForm(frameBodySchema, { acceptUnknown, registerDate: dayOf(fields, 'registerDate') })
    if (!checked.data)
      return setProblems(
        checked.problems.map(({ field, message }) => ({ field, message: `Date of the register ${message}` })),
      )
    const stored = await send(() => post(`${collectionAddress(id)}/frame`, checked.data))
    if (stored) await navigate(`/console/collections/${id}`)
  }
  return { ...sending, report, sendFiles, accept, draw }
}

/** Files uploaded on an earlier visit are still there. */
function useEarlierUploads(
  id: string,
  onFound: (report: FrameReportView) => void,
  onProblem: (message: string) => void,
) {
  useEffect(() => {
    let left = false
    readReport(id, false).then(
      (found) => left || onFound(found),
      (error: unknown) => {
        if (left || (error instanceof ApiError && error.code === 'no_register')) return
        onProblem(error instanceof Error ? error.message : String(error))
      },
    )
    return () => {
      left = true
    }
  }, [id])
}
