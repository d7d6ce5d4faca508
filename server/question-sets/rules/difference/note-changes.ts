// Headings and paragraphs are text that respondents read. Whatever becomes of one, the same is asked of the same people: it is wording,
// unless it only mends the text.
import { isNote, questionsOf, wordsOfNote } from '../../../../surveys/notes.ts'
import type { Note, Page } from '../../../../surveys/question-set.ts'
import { changeOf } from './change.ts'
import { type Change } from '../../../../surveys/stated-change.ts'
import { matchLists } from './match-lists.ts'
import { textChange } from './text-change.ts'

interface Placed {
  page: string
  note: Note
}

export function listNoteChanges(before: readonly Page[], after: readonly Page[]): Change[] {
  const { added, removed, kept } = matchLists(placed(before), placed(after), ({ note }) => note.name)
  const movedWithin = listMovedWithin(before, after)
  return [
    ...removed.map((one) => noteChange('removed', one)),
    ...added.map((one) => noteChange('added', one)),
    ...kept.flatMap(({ before: old, after: now }) => [
      ...(old.page !== now.page
        ? [noteChange('moved', now, old.page)]
        : movedWithin.has(now.note.name)
          ? [noteChange('moved', now)]
          : []),
      ...listChangesOfNote(`${now.page}.${now.note.name}`, old.note, now.note),
    ]),
  ]
}

const placed = (pages: readonly Page[]): Placed[] =>
  pages.flatMap((page) => page.elements.filter(isNote).map((note) => ({ page: page.name, note })))

const noteChange = (kind: Change['kind'], { page, note }: Placed, from?: string): Change => ({
  class: 'wording',
  kind,
  place: `${page}.${note.name}`,
  what: from === undefined ? 'heading or paragraph' : `heading or paragraph, from page ${from}`,
  ...(kind === 'added' ? {} : { before: wordsOfNote(note) }),
  ...(kind === 'removed' ? {} : { after: wordsOfNote(note) }),
})

const listChangesOfNote = (place: string, old: Note, now: Note): Change[] => [
  ...textChange(place, 'heading', old.title, now.title),
  ...textChange(place, 'paragraph', old.html, now.html),
  ...changeOf(place, 'condition', 'wording', old.visibleIf, now.visibleIf),
  ...changeOf(place, 'provenance', 'correction', old.provenance, now.provenance),
]

/** The notes that stand between other questions of their page than before, or in another order there. A question that moved takes none along. */
function listMovedWithin(before: readonly Page[], after: readonly Page[]): Set<string> {
  return new Set(
    after.flatMap((page) => {
      const old = before.find(({ name }) => name === page.name)
      if (!old) return []
      const questions = matchLists(questionsOf(old), questionsOf(page), ({ name }) => name)
      const stayed = new Set(questions.kept.flatMap((one) => (one.moved ? [] : [one.after.name])))
      const notes = matchLists(listPlaces(old, stayed), listPlaces(page, stayed), (place) => place.join(' '))
      return [...notes.added, ...notes.kept.flatMap((one) => (one.moved ? [one.after] : []))].map(([name]) => name)
    }),
  )
}

/** Each note of a page, with the last question before it that stayed where it was. */
function listPlaces({ elements }: Page, stayed: ReadonlySet<string>): [name: string, after: string][] {
  let last = ''
  return elements.flatMap((element): [string, string][] => {
    if (isNote(element)) return [[element.name, last]]
    if (stayed.has(element.name)) last = element.name
    return []
  })
}
