import { canonicalJson } from '../../../canonical-json.ts'

/**
 * What a change means for results: a *correction* leaves the meaning alone (capitals, punctuation, notes that nobody is shown, and spelling
 * where whoever publishes says so); *wording* is text that respondents read; *codes* are the answers they choose from; *plan* is what is computed; *structure* is what is asked, of whom.
 */
export type ChangeClass = 'correction' | 'wording' | 'codes' | 'plan' | 'structure'

export interface Change {
  class: ChangeClass
  kind: 'added' | 'removed' | 'moved' | 'changed'
  /** The page, question or part of the plan, by name: `about_you`, `about_you.grade`, `plan.indicators.summary_under_quarter`. */
  place: string
  /** What it is that changed, such as `title` or `choice other`. */
  what: string
  /** Both as people read them; undefined where there was or is nothing. */
  before?: string
  after?: string
  /** Its words differ by a letter or two: whoever publishes it may declare it a correction of spelling. */
  respelt?: true
}

const asWords = (value: unknown): string | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value)

/** Compared by what they say; undefined where nothing changed. */
export function changeOf(place: string, what: string, of: ChangeClass, before: unknown, after: unknown): Change[] {
  if (canonicalJson(before) === canonicalJson(after)) return []
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  const [was, is] = [asWords(before), asWords(after)]
  return [
    {
      class: of,
      kind,
      place,
      what,
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
    },
  ]
}
