import type { z } from 'zod'
import type { Problem } from '../../../surveys/checking/check-question-set.ts'

type Issue = z.core.$ZodIssue

/** The problems of a value that zod refused, by place in the file. */
export const problemsOf = (error: z.ZodError, place: string): Problem[] =>
  error.issues.flatMap((issue) => fromIssue(issue, place))

// Of a question that may be of several types, only what is wrong with the type that it says it is.
function fromIssue(issue: Issue, place: string): Problem[] {
  const at = [place, ...issue.path.map(String)].join('.')
  if (issue.code !== 'invalid_union') return [{ place: at, message: issue.message }]
  const ofType = issue.errors.filter(
    (issues) => !issues.some(({ path }) => path[0] === 'type' || path[0] === 'inputType'),
  )
  const branches = ofType.length > 0 ? ofType : issue.errors
  const [nearest] = branches.toSorted((one, other) => one.length - other.length)
  if (ofType.length === 0 && issue.errors.some((issues) => issues.some(({ path }) => path[0] === 'type')))
    return [{ place: `${at}.type`, message: 'this is not a type of question that a question set has' }]
  return nearest?.flatMap((inner) => fromIssue(inner, at)) ?? [{ place: at, message: issue.message }]
}
