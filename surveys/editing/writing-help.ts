// Help at the point of writing: how long a text takes, how old its readers should be, and what in its wording may go wrong. Advice, never a refusal.
import { syllable } from 'syllable'
import { countWords, secondsPerWord } from '../checking/estimate.ts'
import { isNote } from '../notes.ts'
import type { PageElement, Questions } from '../question-set.ts'
import {
  joinedPhrases,
  knownAbbreviations,
  leadingPhrases,
  negatives,
  negativeWords,
  openEndings,
  stressedWords,
} from './writing-words.ts'

export interface Advice {
  /** `title`, `pages.1.elements.0.rows.2.text`: as in checkQuestionSet. */
  place: string
  kind:
    'long_sentence' | 'reading_age' | 'double_barrelled' | 'abbreviation' | 'double_negative' | 'leading' | 'same_text'
  message: string
  /** The words that the advice is about. */
  text: string
}

/** What a text is for: a choice asks nothing, and help does not ask. */
export type TextRole = 'question' | 'help' | 'choice'

/** GOV.UK: sentences of at most 25 words (https://www.gov.uk/guidance/content-design/writing-for-gov-uk). */
const longestSentence = 25
/** Where compulsory schooling ends. */
const highestReadingAge = 16
/** Under this, one long word decides a reading age. */
const fewestWords = 10

export interface Measure {
  words: number
  /** To read it, at 200 words a minute. */
  seconds: number
  /** In years; undefined for a text of under ten words. */
  readingAge: number | undefined
  /** All of it in a line. */
  line: string
}

const listWords = (text: string) => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []
const listSentences = (text: string) =>
  text.split(/(?<=[.!?]["”’)]*)\s+(?=["“‘(]?[\p{Lu}\p{N}])|\n+/u).filter((sentence) => listWords(sentence).length > 0)

/**
 * The Flesch–Kincaid grade, 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid, Fishburne, Rogers and Chissom, 1975,
 * Research Branch Report 8-75), and five years.
 */
function readingAgeOf(text: string): number | undefined {
  const words = listWords(text)
  if (words.length < fewestWords) return undefined
  const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0)
  const grade = (0.39 * words.length) / listSentences(text).length + (11.8 * syllables) / words.length - 15.59
  return Math.max(5, Math.round(grade + 5))
}

export function measureText(text: string): Measure {
  const words = countWords([text])
  const seconds = words * secondsPerWord
  const readingAge = readingAgeOf(text)
  const age = readingAge === undefined ? 'too short for a reading age (under ten words)' : `reading age ${readingAge}`
  return {
    words,
    seconds,
    readingAge,
    line: `${words} ${words === 1 ? 'word' : 'words'}, ${Math.ceil(seconds)} s to read, ${age}`,
  }
}

/** Advice on one text. `known`: abbreviations spelt out before it. */
export function adviseOnText(text: string, role: TextRole, place: string, known: Iterable<string> = []): Advice[] {
  const straight = text.replaceAll('’', "'")
  return [
    ...adviseOnLength(text, place),
    ...adviseOnAbbreviations(text, place, new Set([...knownAbbreviations, ...known])),
    ...adviseOnNegatives(straight, place),
    ...(role === 'question' ? [...adviseOnJoins(straight, place), ...adviseOnLeading(straight, place)] : []),
  ]
}

function adviseOnLength(text: string, place: string): Advice[] {
  const long = listSentences(text).filter((sentence) => countWords([sentence]) > longestSentence)
  const lengths = long.map((sentence): Advice => {
    const message = `This sentence has ${countWords([sentence])} words. Sentences of at most ${longestSentence} are easier to follow.`
    return { place, kind: 'long_sentence', message, text: sentence }
  })
  const { readingAge } = measureText(text)
  if (readingAge === undefined || readingAge <= highestReadingAge) return lengths
  const message = `Its reading age is about ${readingAge}. Shorter words and sentences would reach more people.`
  return [...lengths, { place, kind: 'reading_age', message, text }]
}

/** Capitals, a plural s or digits after them; not the parts of a longer word. */
const abbreviation = /(?<![\p{L}\p{N}-])\p{Lu}{2,6}(?=s?(?![\p{L}\p{N}-]))/gu

const listAbbreviations = (text: string) => [...text.matchAll(abbreviation)].map(([letters]) => letters)

/** Those that a text spells out: *special educational needs (SEN)* or *SEN (special educational needs)*. */
const listSpeltOut = (text: string) =>
  listAbbreviations(text).filter(
    (letters) => text.includes(`(${letters})`) || text.includes(`(${letters}s)`) || text.includes(`${letters} (`),
  )

function adviseOnAbbreviations(text: string, place: string, known: Set<string>): Advice[] {
  const speltOut = listSpeltOut(text)
  const unknown = new Set(
    listAbbreviations(text).filter((letters) => !known.has(letters) && !speltOut.includes(letters)),
  )
  return [...unknown]
    .filter((letters) => !stressedWords.includes(letters))
    .map((letters) => ({
      place,
      kind: 'abbreviation',
      message: `Spell ${letters} out where it first stands, unless everyone who is asked knows it.`,
      text: letters,
    }))
}

function adviseOnNegatives(text: string, place: string): Advice[] {
  return listSentences(text).flatMap((sentence): Advice[] => {
    // "No, …" answers, don't know is an answer's name; neither … nor and rarely or never are one negative each.
    const plain = sentence
      .toLowerCase()
      .replace(/^no, /, '')
      .replaceAll("don't know", '')
      .replace(/\bneither\b.*\bnor\b.*/, '')
      .replaceAll(/\b([a-z]+) or (?:hardly|never|none|not|rarely)\b/g, '$1')
    const words = listWords(plain)
    const denials = words.filter((word) => negatives.includes(word) || word === 'no' || word.endsWith("n't")).length
    const hidden = words.filter((word) => negativeWords.includes(word)).length
    if (denials < 1 || denials + hidden < 2) return []
    const message = 'Two negatives in one sentence are easily misread. Say what is the case instead of what is not.'
    return [{ place, kind: 'double_negative', message, text: sentence }]
  })
}

/** What stands around *and* or *or* in a question that is about one thing all the same. */
const oneThing = [
  // When or where, before the question itself.
  /^(?:at|during|for|from|in|on|over|since|when|where)\b[^,]*,/i,
  // Whichever of them happened, the answer is yes; and without one is without the other.
  /\b(?:any|anyone|anybody|anything|either|neither|between|both|without)\b.*/i,
  // The two sides of what they do together.
  /\b(?:you|we|they) and [^,.?]*/i,
  // Names: Bath and North East Somerset.
  /\p{Lu}\p{L}+ and (?:the )?\p{Lu}\p{L}+/gu,
  // 65 or over, two or three, 1 and 5.
  /\b(?:\d+|one|two|three|four|five) (?:and|or) \p{L}+|(?:and|or) \d+/giu,
]

function adviseOnJoins(text: string, place: string): Advice[] {
  let rest = text
  for (const pattern of oneThing) rest = rest.replace(pattern, ' ')
  for (const phrase of joinedPhrases) rest = rest.replaceAll(new RegExp(`\\b${phrase}\\b`, 'gi'), ' ')
  const joins = rest.match(/[\p{L}'-]+,? (?:and\/or|and|or|&) (?:[\p{L}'-]+)/giu) ?? []
  const [join] = joins.filter((found) => !openEndings.includes(found.split(' ').at(-1)?.toLowerCase() ?? ''))
  if (join === undefined) return []
  const message = `‘${join}’ may ask two things at once. If someone could answer differently about each, ask two questions.`
  return [{ place, kind: 'double_barrelled', message, text: join }]
}

function adviseOnLeading(text: string, place: string): Advice[] {
  const found = leadingPhrases.filter((phrase) => new RegExp(`\\b${phrase}\\b`, 'i').test(text))
  return found.map((phrase) => ({
    place,
    kind: 'leading',
    message: `‘${phrase}’ may lead people to one answer. Ask so that every answer is as easy to give.`,
    text: phrase,
  }))
}

interface PlacedText {
  place: string
  role: TextRole
  text: string
}

/** Advice on everything that respondents read, in the order in which they read it; an abbreviation is named where it first stands. */
export function adviseOnQuestions(questions: Questions): Advice[] {
  const known = new Set<string>()
  const answers = new Set<string>()
  return listTexts(questions).flatMap((written) => {
    const { place, role, text } = written
    const advice = adviseOnText(text, role, place, known)
    for (const letters of listAbbreviations(text)) known.add(letters)
    const answer = inItsList(written)
    if (answer === undefined) return advice
    const repeated: Advice[] = answers.has(answer) ? [{ place, kind: 'same_text', message: sameText, text }] : []
    answers.add(answer)
    return [...advice, ...repeated]
  })
}

const sameText = 'Another answer of this question has the same words. Nobody can tell the two apart.'

/** What an answer reads like beside the others of its list; undefined where the text is none. */
function inItsList({ place, text }: PlacedText): string | undefined {
  const list = /^.*\.(?:choices|rows|columns)\.(?=\d+\.text$)/.exec(place)?.[0]
  return list && list + plain(text)
}

const plain = (text: string) => text.trim().replaceAll(/\s+/g, ' ').toLowerCase()

function listTexts({ title, description, pages }: Questions): PlacedText[] {
  return [
    { place: 'title', role: 'help' as const, text: title },
    { place: 'description', role: 'help' as const, text: description ?? '' },
    ...pages.flatMap((page, p) => [
      { place: `pages.${p}.title`, role: 'help' as const, text: page.title },
      { place: `pages.${p}.description`, role: 'help' as const, text: page.description ?? '' },
      ...page.elements.flatMap((element, e) => listTextsOf(element, `pages.${p}.elements.${e}`)),
    ]),
  ].filter(({ text }) => text !== '')
}

function listTextsOf(element: PageElement, place: string): PlacedText[] {
  if (isNote(element))
    return [
      { place: `${place}.title`, role: 'help', text: element.title ?? '' },
      { place: `${place}.html`, role: 'help', text: element.html ?? '' },
    ]
  const list = (name: string, role: TextRole, items: { text: string }[]) =>
    items.map(({ text }, at) => ({ place: `${place}.${name}.${at}.text`, role, text }))
  const own: PlacedText[] = [
    { place: `${place}.title`, role: 'question', text: element.title },
    { place: `${place}.description`, role: 'help', text: element.description ?? '' },
  ]
  if (element.type === 'matrix')
    // What the rows of a matrix name (places, partners) is rated; only what says something is a statement.
    return [
      ...own,
      ...list('rows', 'choice', element.rows).map((row) => ({
        ...row,
        role: isStatement(row.text) ? ('question' as const) : row.role,
      })),
      ...list('columns', 'choice', element.columns),
    ]
  if (!('choices' in element)) return own
  return [
    ...own,
    ...list('choices', 'choice', element.choices),
    { place: `${place}.otherText`, role: 'choice', text: element.otherText ?? '' },
  ]
}

const isStatement = (text: string) => /^(?:i|it|our|people|staff|the|they|this|we|you|your)\b/i.test(text)
