// The shipped information-flow set with headings and paragraphs, edits of these, and what the difference must say of each.
import type { Note, QuestionSet } from '../../../surveys/question-set.ts'
import { cut, drop, push, put, take, toFront, type Edit } from './edit-question-set.ts'

/** By page, and where on it. */
const notes: [page: string, at: number, note: Omit<Note, 'type'>][] = [
  ['your_service', 2, { name: 'thanks', html: 'Thank you so far.' }],
  ['people_from_hospital', 1, { name: 'on_people', title: 'Where they came from', html: 'Think of all of them.' }],
  ['discharge_summaries', 3, { name: 'on_routes', title: 'Routes' }],
  ['what_you_are_told', 0, { name: 'told', title: 'What you are told', html: 'Think of the last person.' }],
  ['after_leaving', 1, { name: 'arrival', html: 'On the day itself. Not later.' }],
  ['what_happened', 1, { name: 'becomes_question', title: 'What else?' }],
  ['into_hospital', 0, { name: 'elsewhere', title: 'Elsewhere' }],
]

export function withNotes(set: QuestionSet): QuestionSet {
  const changed = structuredClone(set)
  for (const [name, at, note] of notes)
    changed.questions.pages.find((page) => page.name === name)!.elements.splice(at, 0, { type: 'html', ...note })
  return changed
}

const question = { type: 'comment', name: 'becomes_question', title: 'Anything else?', maxLength: 500 }

export const noteEdits: [string, Edit, ...string[]][] = [
  [
    'a heading added',
    push('into_hospital/elements', { type: 'html', name: 'one_more', title: 'One more' }),
    'wording: added into_hospital.one_more, heading or paragraph',
  ],
  [
    'a paragraph removed',
    cut('your_service/elements', 'thanks'),
    'wording: removed your_service.thanks, heading or paragraph',
  ],
  [
    'capitals of a heading',
    put('?told', { title: 'What You Are Told' }),
    'correction: changed what_you_are_told.told, heading',
  ],
  [
    'a paragraph said otherwise',
    put('?told', { html: 'Think of the first person.' }),
    'wording: changed what_you_are_told.told, paragraph',
  ],
  [
    'where a heading comes from',
    put('?told', { provenance: 'A note.' }),
    'correction: added what_you_are_told.told, provenance',
  ],
  [
    'a paragraph divided',
    put('?arrival', { html: 'On the day itself.\n\nNot later.' }),
    'correction: changed after_leaving.arrival, paragraph',
  ],
  ['a heading given', put('?arrival', { title: 'Arrival' }), 'wording: added after_leaving.arrival, heading'],
  [
    'a paragraph taken from its heading',
    drop('?on_people', 'html'),
    'wording: removed people_from_hospital.on_people, paragraph',
  ],
  [
    'a heading moved past questions',
    toFront('discharge_summaries/elements', 'on_routes'),
    'wording: moved discharge_summaries.on_routes, heading or paragraph',
  ],
  [
    'a heading that some are shown',
    put('?on_routes', { visibleIf: "{older_people_discharged} = 'yes'" }),
    'wording: added discharge_summaries.on_routes, condition',
  ],
  [
    'a heading moved to another page',
    (set) => push('agreements/elements', take(set, 'into_hospital/elements', 'elsewhere'))(set),
    'wording: moved agreements.elsewhere, heading or paragraph, from page into_hospital',
  ],
  [
    'a question in place of a heading',
    (set) => {
      take(set, 'what_happened/elements', 'becomes_question')
      push('what_happened/elements', question)(set)
    },
    'wording: removed what_happened.becomes_question, heading or paragraph',
    'structure: added what_happened.becomes_question, question',
  ],
]
