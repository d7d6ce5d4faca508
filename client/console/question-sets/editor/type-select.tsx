import {
  questionAt,
  replaceElement,
  withoutUndefined,
  type Place,
} from '../../../../surveys/editing/edit-question-set.ts'
import type { Question, QuestionSet } from '../../../../surveys/question-set.ts'
import { Select } from '../../../components/fields.tsx'
import { useEditor } from './editor-context.ts'
import { pathOf } from './places.ts'

/** Types among which a question with choices may be changed. */
const choiceTypes = [
  { value: 'radiogroup', label: 'One answer, the list shown whole' },
  { value: 'dropdown', label: 'One answer, from a drop-down' },
  { value: 'checkbox', label: 'Several answers' },
]

/** What a question becomes as its way of choosing changes: answers that exclude the others mean something with several answers alone. */
function withType(set: QuestionSet, element: Question, type: string): Question {
  if (!('choices' in element)) return element
  const states = [...set.plan.states.dontKnow, ...set.plan.states.notApplicable]
  const choices = element.choices.map(({ isExclusive: _, ...choice }) =>
    type === 'checkbox' && states.includes(String(choice.value)) ? { ...choice, isExclusive: true } : choice,
  )
  const limit = type === 'checkbox' ? {} : { maxSelectedChoices: undefined }
  return withoutUndefined({ ...element, choices, type, ...limit } as Question)
}

export function TypeSelect({ at }: { at: Place }) {
  const { set, edit } = useEditor()
  const element = questionAt(set, at)
  if (!element || !('choices' in element)) return null
  return (
    <Select
      id={`${pathOf(at)}.type`}
      label="How it is answered"
      value={element.type}
      options={choiceTypes}
      onChange={(type) =>
        edit(`type of ${element.name}`, (before) =>
          replaceElement(before, at, withType(before, questionAt(before, at)!, type)),
        )
      }
    />
  )
}
