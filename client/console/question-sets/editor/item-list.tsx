import { itemsOf, type CodedItem as Item, type CodeList } from '../../../../surveys/editing/edit-references.ts'
import { questionAt, replaceCode, replaceElement, type Place } from '../../../../surveys/editing/edit-question-set.ts'
import { proposeCode } from '../../../../surveys/editing/propose-code.ts'
import type { Code } from '../../../../surveys/question-set.ts'
import { Button } from '../../../components/button.tsx'
import { Input } from '../../../components/fields.tsx'
import { useEditor } from './editor-context.ts'
import { LateInput } from './late-input.tsx'
import { pathOf } from './places.ts'

interface ItemListProps {
  at: Place
  list: CodeList
  /** *Choices*, and of one of them *choice*. */
  title: string
  one: string
  hint?: string
  /** Codes that stand apart and have a box of their own. */
  except: readonly Code[]
}

const placeholder = /^(choice|statement|answer)_\d+$/

/** The choices of a question, or the statements and answers of a matrix: text and code of each, up, down, remove and add. */
export function ItemList({ at, list, title, one, hint, except }: ItemListProps) {
  const { set, frozen, edit, focusSoon } = useEditor()
  const element = questionAt(set, at)
  if (!element) return null
  const items = itemsOf(element, list)
  const path = `${pathOf(at)}.${list}`
  const shown = items.map((item, index) => ({ item, index })).filter(({ item }) => !except.includes(item.value))

  const replace = (what: string, change: (items: Item[]) => Item[], typing = false) =>
    edit(
      `${what} of ${element.name}`,
      (before) => {
        const now = questionAt(before, at)
        return now ? replaceElement(before, at, { ...now, [list]: change(itemsOf(now, list)) }) : before
      },
      typing,
    )
  const recode = (index: number, to: Code) =>
    edit(`code of a ${one} of ${element.name}`, (before) => replaceCode(before, at, list, index, to))
  const propose = (index: number) => {
    const item = items[index]
    if (!item || item.text.trim() === '' || !placeholder.test(String(item.value))) return
    // What is published looks like one where the text is a number: *1* has choice_1.
    if (frozen.isCode(element.name, list, item.value)) return
    const taken = items.filter((other) => other !== item).map(({ value }) => value)
    recode(index, proposeCode(item.text, taken))
  }
  function add() {
    const value = newCode(items, one, except)
    // What stands apart stays last.
    const end = shown.length === 0 ? 0 : shown.at(-1)!.index + 1
    replace(`added ${one}`, (before) => before.toSpliced(end, 0, { value, text: '' }))
    focusSoon(`${path}.${end}.text`)
  }
  const swap = (from: number, to: number) =>
    replace(`order of ${title.toLowerCase()}`, (before) => before.with(from, before[to]!).with(to, before[from]!))

  return (
    <fieldset className="govuk-fieldset app-item-list" id={path} tabIndex={-1}>
      <legend className="govuk-fieldset__legend govuk-fieldset__legend--s">{title}</legend>
      {hint ? <div className="govuk-hint">{hint}</div> : null}
      <ol className="app-item-list__items">
        {shown.map(({ item, index }, position) => {
          const named = `${one} ${position + 1}`
          const isFrozen = frozen.isCode(element.name, list, item.value)
          return (
            // Codes change while they are typed, so that only the place tells the rows apart.
            <li key={index} className="app-item-list__item">
              <Input
                id={`${path}.${index}.text`}
                label={`Text of ${named}`}
                hideLabel
                width="full"
                value={item.text}
                onChange={(text) =>
                  replace(`text of ${named}`, (before) => before.with(index, { ...before[index]!, text }), true)
                }
                onLeave={() => propose(index)}
              />
              <div className="app-item-list__more">
                {isFrozen ? (
                  <span className="app-item-list__code">
                    <span className="govuk-visually-hidden">Code, fixed since it was published: </span>
                    <code>{item.value}</code>
                  </span>
                ) : (
                  <LateInput
                    id={`${path}.${index}.value`}
                    label={`Code of ${named}`}
                    hideLabel
                    width="10"
                    stored={String(item.value)}
                    onDone={(code) => recode(index, readNumber(code))}
                  />
                )}
                <Step
                  words="Up"
                  named={named}
                  disabled={position === 0}
                  onClick={() => swap(index, shown[position - 1]!.index)}
                />
                <Step
                  words="Down"
                  named={named}
                  disabled={position === shown.length - 1}
                  onClick={() => swap(index, shown[position + 1]!.index)}
                />
                <Step
                  words="Remove"
                  named={named}
                  onClick={() => {
                    replace(`removed ${named}`, (before) => before.toSpliced(index, 1))
                    focusSoon(path)
                  }}
                />
              </div>
            </li>
          )
        })}
      </ol>
      <Button kind="secondary" onClick={add}>
        Add {one === 'answer' ? 'an' : 'a'} {one}
      </Button>
    </fieldset>
  )
}

interface StepProps {
  words: string
  named: string
  disabled?: boolean
  onClick: () => void
}

// Not `disabled`: the focus would be lost as the row arrives at the edge.
const Step = ({ words, named, disabled = false, onClick }: StepProps) => (
  <button
    type="button"
    className="app-link-button"
    aria-disabled={disabled || undefined}
    onClick={() => (disabled ? undefined : onClick())}
  >
    {words}
    <span className="govuk-visually-hidden"> {named}</span>
  </button>
)

/** The next number of a scale, otherwise a code to be replaced by one from the text. */
function newCode(items: readonly Item[], one: string, except: readonly Code[]): Code {
  const codes = items.map(({ value }) => value)
  const numbers = codes.filter((code) => typeof code === 'number')
  if (numbers.length > 0 && numbers.length === codes.filter((code) => !except.includes(code)).length)
    return Math.max(...numbers) + 1
  let number = 1
  while (codes.includes(`${one}_${number}`)) number += 1
  return `${one}_${number}`
}

// A code in words begins with a letter.
const readNumber = (text: string): Code => (/^\d{1,3}$/.test(text) ? Number(text) : text)
