import type { PageElement, Questions } from '../../../../surveys/question-set.ts'

interface Earlier {
  version: number
  questions: Questions
}

/** Where a draft takes up a code of a question that an earlier version had for something else, and the newest has no more. */
export function listReusedCodes(earlier: readonly Earlier[], now: Questions): { place: string; message: string }[] {
  const newestFirst = earlier
    .toSorted((a, b) => b.version - a.version)
    .map(({ version, questions }) => ({ version, texts: textsOf(questions) }))
  return [...textsOf(now)].flatMap(([key, { text, place }]) => {
    const found = newestFirst.findIndex(({ texts }) => texts.has(key))
    // In the newest version, the difference shows it.
    if (found < 1) return []
    const { version, texts } = newestFirst[found]!
    const before = texts.get(key)!
    if (before.text === text) return []
    const [name, , code] = key.split(' ')
    return [
      {
        place,
        message: `In version ${version} the code ${code} of ${name} meant “${before.text}”: give “${text}” a code of its own, or answers of both are counted together.`,
      },
    ]
  })
}

const listsOf = (element: PageElement): Record<string, readonly { value: string | number; text: string }[]> =>
  element.type === 'matrix'
    ? { columns: element.columns, rows: element.rows }
    : 'choices' in element
      ? { choices: element.choices }
      : {}

/** By question, list and code. */
const textsOf = ({ pages }: Questions): Map<string, { text: string; place: string }> =>
  new Map(
    pages.flatMap((page, p) =>
      page.elements.flatMap((element, e) =>
        Object.entries(listsOf(element)).flatMap(([list, items]) =>
          items.map(({ value, text }, index) => {
            const place = `questions.pages.${p}.elements.${e}.${list}.${index}.value`
            return [`${element.name} ${list} ${value}`, { text, place }] as const
          }),
        ),
      ),
    ),
  )
