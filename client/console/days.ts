import { daySchema } from '../../server/collections/schema.ts'
import { monthOf } from '../components/date-input.tsx'
import { formatDate } from '../components/format.ts'

/** `2027-03-06` as `6 March 2027`. Noon is the same day everywhere in the United Kingdom. */
export const dayInWords = (day: string): string => formatDate(`${day}T12:00:00Z`)

/** Days that a person typed, with commas or line ends between: as `2027-03-06`, or as they were typed where they are no day. */
export const daysIn = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .map((piece) => {
      const day = isoDay(piece)
      return daySchema.safeParse(day).success ? day : piece
    })

/** From `6 March 2027`, `Saturday 6 Mar 2027` or `6/3/2027`; not yet known to be a day. */
function isoDay(typed: string): string {
  const [, day = '', named = '', year] =
    /^(?:[a-z]+ )?(\d{1,2})[\s/.-]+([a-z]{3,}|\d{1,2})[\s/.-]+(\d{4})$/i.exec(typed) ?? []
  return `${year}-${monthOf(named).padStart(2, '0')}-${day.padStart(2, '0')}`
}
