// A questionnaire of SurveyJS as one of ours: words kept, names and codes made to fit, everything lost told.
import type { Problem } from '../../../surveys/checking/check-question-set.ts'
import { isNote } from '../../../surveys/notes.ts'
import type { PageElement, Questions } from '../../../surveys/question-set.ts'
import { arrangePages, type PageToArrange } from './arrange-pages.ts'
import { convertNote } from './convert-note.ts'
import { convertQuestion } from './convert-question.ts'
import { findRepeatedNames, flattenSurvey, type SourcePage } from './flatten-survey.ts'
import { proposeCode } from '../../../surveys/editing/propose-code.ts'
import { nameAll, reserved } from './propose-names.ts'
import { readText } from './read-text.ts'
import { quote, tellOthers, type Converted, type Source, type SourceQuestion, type Tell } from './source.ts'

const mostPages = 60
const mostQuestions = 1800

export type ConvertedSurvey = { questions: Questions; lost: Problem[] } | { problems: Problem[] }

/** `survey` has `pages`, `elements` or `questions`, and nothing that `findAttacks` finds. */
export function convertSurvey(survey: Source): ConvertedSurvey {
  const lost: Problem[] = []
  const tell: Tell = (place, message) => lost.push({ place, message })
  const sources = flattenSurvey(survey, tell)
  const given = sources.flatMap(({ questions }) => questions)
  if (given.length > mostQuestions)
    return refuse('pages', `${given.length} questions are too many: ${mostQuestions} at most`)
  const problems = findRepeatedNames(given)

  const taken = new Set(reserved)
  const names = nameAll(
    given.map(({ name, source: { title } }) => ({ own: name, text: typeof title === 'string' ? title : '' })),
    taken,
  )
  const byName = new Map<string, Converted>()
  const keptOf = new Map<SourceQuestion, PageElement | undefined>()
  for (const [index, element] of given.entries()) keptOf.set(element, convertElement(element, names[index] ?? ''))
  if (problems.length > 0) return { problems }
  if ([...keptOf.values()].every((element) => !element || isNote(element)))
    return { problems: [{ place: 'file', message: 'this file has no question that can be kept' }, ...lost] }

  const pages = namePages(sources, taken, tell)
  const toArrange = sources.map((page, index) => pageToArrange(page, `Page ${index + 1}`, keptOf, tell))
  const arranged = arrangePages(toArrange, byName, tell).flatMap((parts, index) =>
    parts.map((part, number) => {
      const name = number === 0 ? pages[index]! : proposeCode(pages[index]!, taken)
      taken.add(name)
      return { name, ...part }
    }),
  )
  if (arranged.length > mostPages) return refuse('pages', `${arranged.length} pages are too many: ${mostPages} at most`)
  tellOthers(survey, '', ['title', 'description', 'locale', 'pages', 'elements', 'questions'], tell)
  return { questions: { ...headOf(survey, tell), pages: arranged }, lost }

  function convertElement(element: SourceQuestion, name: string): PageElement | undefined {
    if (element.source.type === 'html') return convertNote(element, name, tell)
    const made = convertQuestion(element, name, { tell, refuse: (problem) => problems.push(problem) })
    if (made && element.name !== '') byName.set(element.name, made)
    return made?.question
  }
}

const refuse = (place: string, message: string): ConvertedSurvey => ({ problems: [{ place, message }] })

function pageToArrange(
  { source, place, conditions, questions }: SourcePage,
  proposed: string,
  keptOf: ReadonlyMap<SourceQuestion, PageElement | undefined>,
  tell: Tell,
): PageToArrange {
  const elements = questions.flatMap((question) => {
    const element = keptOf.get(question)
    return element ? [{ element, conditions: question.conditions }] : []
  })
  const at = place === '' ? 'pages' : place
  const title = readText(source.title, `${at}.title`, tell)
  const description = readText(source.description, `${at}.description`, tell)
  const isEmpty = elements.length === 0
  if (title === undefined && !isEmpty) tell(`${at}.title`, `a page has a title: “${proposed}” here`)
  if (questions.length > 0 && isEmpty) tell(at, 'this page has no question left, and is left out')
  return { place: at, title: title ?? proposed, description, conditions: isEmpty ? [] : conditions, elements }
}

/** Pages and questions share their names. */
function namePages(sources: readonly SourcePage[], taken: Set<string>, tell: Tell): string[] {
  const given = sources.map(({ source: { name } }, index) => ({
    own: typeof name === 'string' ? name : '',
    text: `page ${index + 1}`,
  }))
  const names = nameAll(given, taken)
  for (const [index, { own }] of given.entries())
    if (own !== '' && own !== names[index])
      tell(`${sources[index]!.place}.name`, `the name ${quote(own)} became ${names[index]}`)
  return names
}

function headOf(survey: Source, tell: Tell): Omit<Questions, 'pages'> {
  const title = readText(survey.title, 'title', tell)
  const description = readText(survey.description, 'description', tell)
  const { locale } = survey
  const english = typeof locale === 'string' && /^en(-[A-Za-z]{2})?$/.test(locale)
  if (title === undefined) tell('title', 'a question set has a title: “Questions” here')
  if (locale && !english) tell('locale', 'question sets are in English: the language is not kept')
  return {
    title: title ?? 'Questions',
    ...(description === undefined ? {} : { description }),
    ...(english ? { locale } : {}),
  }
}
