import { useEffect, useMemo, useState } from 'react'
import type { DraftCheck } from '../../../../server/question-sets/schema/drafts.ts'
import type { QuestionSet } from '../../../../surveys/question-set.ts'
import { findUnreachable } from '../../../../surveys/checking/unreachable.ts'
import { adviseOnQuestions } from '../../../../surveys/editing/writing-help.ts'
import { get } from '../../api.ts'
import type { Remark } from './editor-context.ts'

const pauseMs = 600

/**
 * What is missing, as the server checks what was saved last, and help with the writing: worked out in the pauses of typing.
 * `savedAt`: undefined while something is not saved.
 */
export function useRemarks(address: string, set: QuestionSet, first: DraftCheck, savedAt: string | undefined) {
  const [check, setCheck] = useState(first)
  const [help, setHelp] = useState<Remark[]>([])
  useEffect(() => {
    const timer = setTimeout(() => setHelp(helpWith(set)), pauseMs)
    return () => clearTimeout(timer)
  }, [set])
  useEffect(() => {
    if (savedAt === undefined) return
    let stale = false
    get<DraftCheck>(`${address}/check`).then(
      (newest) => (stale ? undefined : setCheck(newest)),
      // The next save asks again; what a person must know, the state of saving says.
      () => undefined,
    )
    return () => {
      stale = true
    }
  }, [address, savedAt])
  const remarks = useMemo((): Remark[] => [...check.problems, ...help], [check, help])
  return { remarks, estimate: check.estimate }
}

function helpWith({ questions }: QuestionSet): Remark[] {
  const advice = (place: string, message: string): Remark => ({
    place: `questions.${place}`,
    // Its words say what it is about.
    where: '',
    message,
    severity: 'advice',
  })
  return [
    ...findUnreachable(questions).map(({ place, message }) => advice(place, message)),
    ...adviseOnQuestions(questions).map(({ place, message }) => advice(place, message)),
  ]
}
