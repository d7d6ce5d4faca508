// Our pages: a condition looks at earlier pages only, so a page of the file is divided where a question asks about one beside it.
import { checkExpression } from '../../../surveys/checking/check-expression.ts'
import { isNote } from '../../../surveys/notes.ts'
import type { Page, PageElement } from '../../../surveys/question-set.ts'
import { questionsByName } from '../../../surveys/variables.ts'
import { convertCondition } from './convert-condition.ts'
import type { Condition, Converted, Tell } from './source.ts'

const mostOnPage = 30
const longestCondition = 500

export interface PageToArrange {
  place: string
  title: string
  description: string | undefined
  conditions: Condition[]
  elements: { element: PageElement; conditions: Condition[] }[]
}

/** For each page of the file its pages here: one, or several. `byName`: what became of each question, by its name in the file. */
export function arrangePages(
  pages: readonly PageToArrange[],
  byName: ReadonlyMap<string, Converted>,
  tell: Tell,
): Omit<Page, 'name'>[][] {
  const earlier = questionsByName([])
  return pages.map(({ place, title, description, conditions, elements }) => {
    const ofPage = settle(conditions)
    const parts: PageElement[][] = []
    let part: PageElement[] = []
    for (const { element, conditions } of elements) {
      const asks = conditions.flatMap(({ expression }) => {
        const found = convertCondition(expression, byName)
        return 'asks' in found ? [...found.asks] : []
      })
      if (part.length === mostOnPage || part.some(({ name }) => asks.includes(name))) close()
      const visibleIf = settle(conditions)
      part.push(visibleIf === undefined ? element : { ...element, visibleIf })
    }
    if (part.length > 0) close()
    if (parts.length > 1)
      tell(
        place,
        `this page became ${parts.length}: a condition looks at earlier pages, and ${mostOnPage} questions is the most`,
      )
    return parts.map((elements, index) => ({
      title: index === 0 ? title : `${title.slice(0, 1900)} (continued)`,
      ...(description === undefined || index > 0 ? {} : { description }),
      ...(ofPage === undefined ? {} : { visibleIf: ofPage }),
      elements,
    }))

    function close() {
      for (const element of part) if (!isNote(element)) earlier.set(element.name, element)
      parts.push(part)
      part = []
    }
  })

  /** All conditions of one page or question as one; those that cannot be kept are told. */
  function settle(conditions: readonly Condition[]): string | undefined {
    const kept = conditions.flatMap(({ place, expression }) => {
      const found = convertCondition(expression, byName)
      const reason = 'reason' in found ? found.reason : checkExpression(found.expression, earlier)[0]
      if (reason !== undefined) tell(place, `the condition ${expression.slice(0, 100)} is not kept: ${reason}`)
      return reason === undefined && 'expression' in found ? [found.expression] : []
    })
    const joined = kept.length < 2 ? kept[0] : kept.map((expression) => `(${expression})`).join(' and ')
    if (joined === undefined || joined.length <= longestCondition) return joined
    tell(conditions[0]?.place ?? '', `the conditions of the panels around it are not kept: together they are too long`)
    return kept.at(-1)
  }
}
