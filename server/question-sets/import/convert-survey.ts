// A questionnaire of SurveyJS as one of ours: words kept, names and codes made to fit, everything lost told.
import type { Problem } from '../../../surveys/checking/check-question-set.ts'
import { isNote } from '../../../surveys/notes.ts'
import type { Page, PageElement, Questions } from '../../../surveys/question-set.ts'
import { arrangePages, type PageToArrange } from './arrange-pages.ts'
import { convertNote } from './convert-note.ts'
import { convertQuestion, type Converted } from './convert-question.ts'
import { findRepeatedNames, flattenSurvey, type SourcePage, type SourceQuestion } from './flatten-survey.ts'
import { nameAll, takeName } from './propose-names.ts'
import { namesOfPlan } from './propose-plan.ts'
import { readText } from './read-text.ts'
import { tellOthers, type Lost, type Source, type Tell } from './source.ts'

const mostPages = 60
const mostQuestions = 1800

export type ConvertedSurvey = { questions: Questions; lost: Lost[] } | { problems: Problem[] }

/** `survey` has `pages`, `elements` or `questions`, and nothing that `findAttacks` finds. */
export function convertSurvey(survey: Source): ConvertedSurvey {
  const lost: Lost[] = []
  const tell: Tell = (place, message) => lost.push({ place, message })
  const sources = flattenSurvey(survey, tell)
  const given = sources.flatMap(({ questions }) => questions)
  if (given.length > mostQuestions)
    return refuse('pages', `${given.length} questions are too many: ${mostQuestions} at most`)
  const problems = findRepeatedNames(sources)

  const taken = new Set(namesOfPlan)
  const texts = given.map(({ name, source }) => ({
    own: name,
    texts: typeof source.title === 'string' ? [source.title] : [],
  }))
  const names = nameAll(texts, 'question', taken)
  const byName = new Map<string, Converted>()
  const keptOf = new Map<SourceQuestion, PageElement>()
  for (const [index, element] of given.entries()) {
    const kept = convertElement(element, names[index] ?? '')
    if (kept) keptOf.set(element, kept)
  }
  if (problems.length > 0) return { problems }
  if ([...keptOf.values()].every(isNote))
    return { problems: [{ place: 'file', message: 'this file has no question that can be kept' }, ...lost] }

  const toArrange = sources.map((page, index) => pageToArrange(page, index, keptOf, tell))
  const arranged = arrangePages(toArrange, byName, tell)
  const pages = namePages(sources, arranged, taken, tell)
  if (pages.length > mostPages) return refuse('pages', `${pages.length} pages are too many: ${mostPages} at most`)
  tellOthers(survey, '', ['title', 'description', 'locale', 'pages', 'elements', 'questions'], tell)
  return { questions: { ...headOf(survey, tell), pages }, lost }

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
  index: number,
  keptOf: ReadonlyMap<SourceQuestion, PageElement>,
  tell: Tell,
): PageToArrange {
  const kept = questions.flatMap((question) => {
    const element = keptOf.get(question)
    return element ? [{ element, conditions: question.conditions }] : []
  })
  const at = place === '' ? 'pages' : place
  const title = readText(source.title, `${at}.title`, tell)
  const proposed = `Page ${index + 1}`
  if (title === undefined && kept.length > 0) tell(`${at}.title`, `a page has a title: “${proposed}” here`)
  if (questions.length > 0 && kept.length === 0) tell(at, 'this page has no question left, and is left out')
  return {
    place,
    title: title ?? proposed,
    description: readText(source.description, `${at}.description`, tell),
    conditions: kept.length > 0 ? conditions : [],
    elements: kept,
  }
}

/** Parts of a page of the file are named after it; pages and questions share their names. */
function namePages(
  sources: readonly SourcePage[],
  arranged: readonly Omit<Page, 'name'>[][],
  taken: Set<string>,
  tell: Tell,
): Page[] {
  const owns = sources.map(({ source }) => (typeof source.name === 'string' ? source.name : ''))
  const names = nameAll(
    owns.map((own) => ({ own, texts: [] })),
    'page',
    taken,
  )
  return arranged.flatMap((parts, index) => {
    const name = names[index] ?? ''
    const [own, place] = [owns[index] ?? '', sources[index]?.place ?? '']
    if (own !== '' && own !== name && parts.length > 0)
      tell(`${place}.name`, `the name “${own.slice(0, 60)}” became ${name}`)
    return parts.map((part, number) => ({ name: number === 0 ? name : takeName(name, taken), ...part }))
  })
}

function headOf(survey: Source, tell: Tell): Omit<Questions, 'pages'> {
  const title = readText(survey.title, 'title', tell)
  const description = readText(survey.description, 'description', tell)
  const { locale } = survey
  const english = typeof locale === 'string' && /^en(-[A-Za-z]{2})?$/.test(locale)
  if (title === undefined) tell('title', 'a question set has a title: “Questions” here')
  if (locale !== undefined && locale !== '' && !english)
    tell('locale', 'question sets are in English: the language is not kept')
  return {
    title: title ?? 'Questions',
    ...(description === undefined ? {} : { description }),
    ...(english ? { locale } : {}),
  }
}
