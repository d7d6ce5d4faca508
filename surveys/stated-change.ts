// What differs between two versions of a question set, and what is said of it.

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

/** A change as it is kept with a published version: with what its publisher says of comparing across it. */
export interface StatedChange extends Change {
  statement?: string
  /** Who says that it corrects spelling and no more: a staff e-mail address or `command line`. */
  declaredBy?: string
}
