// Where in a draft a page of the editor stands: the paths are those of the check, so that each thing missing is a link to its place.
import type { Place } from '../../../../surveys/editing/edit-question-set.ts'

/** What is edited: a page or question, the whole questionnaire, or the analysis plan. */
type Selection = { part: 'pages'; at: Place } | { part: 'questionnaire' } | { part: 'plan' }

/** Of a path such as `questions.pages.0.elements.2.title` or `plan.indicators.1`. */
export function selectionOf(path: string): Selection {
  if (path === 'plan' || path.startsWith('plan.')) return { part: 'plan' }
  const [, page, element] = /^questions\.pages\.(\d+)(?:\.elements\.(\d+))?/.exec(path) ?? []
  if (page === undefined) return { part: 'questionnaire' }
  return { part: 'pages', at: element === undefined ? { page: +page } : { page: +page, element: +element } }
}

/** Also the beginning of the identifiers of the fields there. */
export const pathOf = ({ page, element }: Place): string =>
  `questions.pages.${page}${element === undefined ? '' : `.elements.${element}`}`

export const pathOfSelection = (selection: Selection): string => {
  if (selection.part === 'pages') return pathOf(selection.at)
  return selection.part === 'plan' ? 'plan' : 'questions'
}

/** The address of the editor at a path. */
export const editorAddress = (slug: string, path: string) =>
  `/console/question-sets/${slug}/draft/edit${path === '' ? '' : `?at=${encodeURIComponent(path)}`}`

/** Focuses the field of a path, or the nearest one around it: `plan.indicators.1.counts.0` leads to `plan.indicators.1.counts`. */
export function focusField(path: string): void {
  for (let part = path; part.includes('.'); part = part.slice(0, part.lastIndexOf('.'))) {
    const field = document.getElementById(part)
    if (field) return field.focus()
  }
}
