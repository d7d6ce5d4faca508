// Headings and paragraphs between questions: read, never answered.
import type { Note, Page, PageElement, Question } from './question-set.ts'

export const isNote = (element: PageElement): element is Note => element.type === 'html'

/** What a page asks: its elements without the headings and paragraphs between them. */
export const questionsOf = ({ elements }: Pick<Page, 'elements'>): Question[] =>
  elements.filter((element) => !isNote(element))

/** The paragraphs of a note, divided by blank lines in its text. */
export const paragraphsOf = ({ html = '' }: Pick<Note, 'html'>): string[] =>
  html
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')

/** All that a note says, in a line. */
export const wordsOfNote = (note: Note): string =>
  [note.title, ...paragraphsOf(note)].filter((text) => text !== undefined).join(' ')
