import type { Question } from '../../../../surveys/question-set.ts'
import type { Change } from '../../../../surveys/stated-change.ts'
import { matchLists } from './match-lists.ts'

interface Item {
  value: string | number
  text: string
  isExclusive?: boolean | undefined
}

const defaultOtherText = 'Other'

/** The lists of codes of a question: choices with *other, please say* at their end, or rows and columns. */
function listsOf(question: Question): Record<string, readonly Item[]> {
  if (question.type === 'matrix') return { column: question.columns, row: question.rows }
  if (!('choices' in question)) return {}
  const other = question.showOtherItem
    ? [{ value: 'other', text: question.otherText ?? defaultOtherText, free: true }]
    : []
  return { choice: [...question.choices, ...other] }
}

/**
 * Choices, rows and columns that came, went, moved or say something else. All of it is a change of codes: the best spelling of an answer
 * is still another answer to have chosen from.
 */
export function listChoiceChanges(place: string, old: Question, now: Question): Change[] {
  const [before, after] = [listsOf(old), listsOf(now)]
  return Object.keys({ ...before, ...after }).flatMap((list) => {
    const { added, removed, kept } = matchLists(before[list] ?? [], after[list] ?? [], ({ value }) =>
      JSON.stringify(value),
    )
    const change = (kind: Change['kind'], value: Item['value'], texts: Pick<Change, 'before' | 'after'>): Change => ({
      class: 'codes',
      kind,
      place,
      what: `${list} ${value}`,
      ...texts,
    })
    return [
      ...removed.map(({ value, text }) => change('removed', value, { before: text })),
      ...added.map(({ value, text }) => change('added', value, { after: text })),
      ...kept.flatMap(({ before: was, after: is, moved }) => [
        ...(moved ? [change('moved', is.value, { before: was.text, after: is.text })] : []),
        ...(was.text === is.text ? [] : [change('changed', is.value, { before: was.text, after: is.text })]),
        ...((was.isExclusive ?? false) === (is.isExclusive ?? false)
          ? []
          : [
              change('changed', is.value, {
                before: was.isExclusive ? 'excludes the others' : 'goes with the others',
                after: is.isExclusive ? 'excludes the others' : 'goes with the others',
              }),
            ]),
      ]),
    ]
  })
}
