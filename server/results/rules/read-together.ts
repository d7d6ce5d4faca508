// Several releases of the same answers under different plans, read together: see docs/decisions/020.
import { conditionsOf, decidersOf } from '../../../surveys/counting/deciders.ts'
import { questionsOf } from '../../../surveys/notes.ts'
import type { Code, Indicator, Scale } from '../../../surveys/question-set.ts'
import { codesOf, questionsByName, stateCodes } from '../../../surveys/variables.ts'
import { canonicalJson } from '../../canonical-json.ts'
import type { LinkedTables } from '../../statistics/disclosure/cells.ts'
import { hiddenCells } from '../../statistics/disclosure/gate.ts'
import type { GatedPublication } from './publish.ts'

type Cells = ReadonlySet<string>

interface Figure {
  publication: GatedPublication
  /** Of what it counts: the same in every plan that has it, whatever its id or label. */
  key: string
  label: string
  tables: LinkedTables
  hidden: Cells
  /** An indicator's. */
  counted?: Pick<Indicator, 'variable' | 'counts'>
  /** Its questions, and those that decide whether they are asked. */
  questions: readonly string[]
  deciders: readonly string[]
  /** What it is computed from: figures with one in common tell of one another. A question with several choices has one base. */
  sources: readonly string[]
}

/** What is to be learnt of a question, and from which of the figures: their own counts, or who was asked because of an answer to it. */
interface Way {
  name: string
  figures: Figure[]
}

/**
 * The labels of the figures that tell more when all publications are read together than any one of them does, sorted; none: they may all
 * be released. The publications are of the same answers, in the same cells, at the threshold `k`.
 */
export function figuresThatTellMore(publications: readonly GatedPublication[], k: number): string[] {
  const all = publications.flatMap(figuresOf)
  const [rates, ...others] = publications.map(({ hidden }) => hidden.get('responses')!)
  const found = [
    ...hiddenElsewhere(all),
    ...routesToldApart(all),
    ...countsToldApart(all).filter(({ tables, hidden }) => hiddenCells(tables, k, hidden).size > hidden.size),
    ...(others.every((cells) => isEqual(cells, rates!)) ? [] : [{ label: 'Response rates' }]),
  ]
  return [...new Set(found.map(({ label }) => label))].sort()
}

/** Those of a common source that no publication has together, where one hides what the other shows. */
const hiddenElsewhere = (all: readonly Figure[]): Figure[] =>
  all.filter((one) =>
    all.some(
      (other) => share(one.sources, other.sources) && !isEqual(one.hidden, other.hidden) && areApart(all, one, other),
    ),
  )

const areApart = (all: readonly Figure[], one: Figure, other: Figure): boolean =>
  !all.some(({ key, publication }) => key === one.key && isIn(all, other.key, publication))

const isIn = (all: readonly Figure[], key: string, publication: GatedPublication): boolean =>
  all.some((figure) => figure.key === key && figure.publication === publication)

const share = (some: readonly string[], others: readonly string[]): boolean => some.some((one) => others.includes(one))

const isEqual = (one: Cells, other: Cells): boolean =>
  one.size === other.size && [...one].every((key) => other.has(key))

/** The cells that each of the figures hides. */
const seenByNobody = (figures: readonly Figure[]): Cells =>
  figures.map(({ hidden }) => hidden).reduce((one, other) => new Set([...one].filter((key) => other.has(key))))

function figuresOf(publication: GatedPublication): Figure[] {
  const { plan, questions, figures } = publication
  const byName = questionsByName(questions.pages.flatMap((page) => page.elements))
  const questionOf = (variable: string) => variable.split('.')[0]!
  const asked = (variables: readonly string[]) => {
    const names = variables.map(questionOf)
    return { questions: names, deciders: names.flatMap((name) => decidersOf(questions, name)) }
  }
  const ofIndicator = ({ label, variable, counts }: Indicator) => ({
    key: canonicalJson([variable, counts.map(String).sort()]),
    label,
    counted: { variable, counts },
    sources: [byName.get(questionOf(variable))?.type === 'checkbox' ? questionOf(variable) : variable],
    ...asked([variable]),
  })
  const ofScale = ({ label, items }: Scale) => {
    const sources = items.map(({ variable }) => variable)
    return {
      key: canonicalJson(items.map(({ variable, reversed = false }) => canonicalJson([variable, reversed])).sort()),
      label,
      sources,
      ...asked(sources),
    }
  }
  return [...plan.indicators.map(ofIndicator), ...plan.scales.map(ofScale)].map((figure, place) => {
    const { name, tables } = figures[place]!
    return { ...figure, publication, tables, hidden: publication.hidden.get(name)! }
  })
}

/** Whether one publication shows all that the ways tell: then the others add nothing to it. */
function oneTellsAll(ways: readonly Way[]): boolean {
  const publications = new Set(ways.flatMap(({ figures }) => figures.map(({ publication }) => publication)))
  return [...publications].some((publication) =>
    ways.every(({ figures }) => {
      const its = figures.filter((figure) => figure.publication === publication)
      return its.length > 0 && seenByNobody(its).size === seenByNobody(figures).size
    }),
  )
}

const waysBy = (figures: readonly Figure[], nameOf: (figure: Figure) => string): Way[] =>
  [...Map.groupBy(figures, nameOf)].map(([name, figures]) => ({ name, figures }))

/**
 * The figures of those who were asked because of an answer, where no one publication shows all that is shown of that answer: what they say
 * together is not worked out but refused.
 */
function routesToldApart(all: readonly Figure[]): Figure[] {
  return [...new Set(all.flatMap(({ deciders }) => deciders))].flatMap((decider) => {
    const routed = all.filter(({ deciders }) => deciders.includes(decider))
    const counted = all.filter(({ questions }) => questions.includes(decider))
    const ways = [...waysBy(routed, routeOf), ...waysBy(counted, ({ key }) => key)]
    return ways.length < 2 || oneTellsAll(ways) ? [] : [...routed, ...counted]
  })
}

/** All conditions on the way to a figure's questions. */
const routeOf = ({ publication, questions, deciders }: Figure): string =>
  JSON.stringify(
    [...new Set([...questions, ...deciders])].flatMap((name) => conditionsOf(publication.questions, name)).sort(),
  )

interface Group {
  label: string
  tables: LinkedTables
  hidden: Cells
}

/**
 * Of each variable of which no one publication shows all that is shown: the smallest groups of its codes that sums and differences of the
 * published counts can amount to.
 */
function countsToldApart(all: readonly Figure[]): Group[] {
  const indicators = all.filter(({ counted }) => counted)
  return [...Map.groupBy(indicators, ({ counted }) => counted!.variable)].flatMap(([variable, figures]) => {
    if (oneTellsAll(waysBy(figures, ({ key }) => key))) return []
    const { publication, label, tables } = figures[0]!
    const { cells, lines } = tables
    return groupsOfCodes(publication, variable, figures).map((codes) => {
      const counts = publication.count(variable, codes)
      const counted = cells.map((cell, place) => ({ ...cell, count: counts[place]! }))
      return { label, tables: { lines, cells: counted }, hidden: seenByNobody(figures) }
    })
  })
}

/** The codes of a variable by which of the figures count them. */
function groupsOfCodes({ plan, questions }: GatedPublication, variable: string, figures: readonly Figure[]): Code[][] {
  const question = questions.pages.flatMap(questionsOf).find(({ name }) => name === variable.split('.')[0])!
  // Of a choice there are two: ticked and not, and a count of the one is a count of the other.
  if (question.type === 'checkbox') return [[1]]
  const states = stateCodes({ plan, questions })
  const codes = codesOf(question).filter((code) => !states.has(code))
  const groupOf = (code: Code) =>
    JSON.stringify(figures.map(({ counted }) => counted!.counts.map(String).includes(String(code))))
  return [...Map.groupBy(codes, groupOf).values()]
}
