import { memo, useMemo } from 'react'
import { Link } from 'react-router'
import { isNote, wordsOfNote } from '../../../../surveys/notes.ts'
import type { Page, PageElement, QuestionSet } from '../../../../surveys/question-set.ts'
import type { Remark } from './editor-context.ts'
import { editorAddress, pathOf, pathOfSelection, selectionOf } from './places.ts'

interface OutlineProps {
  slug: string
  set: QuestionSet
  /** The path of what is being edited. */
  current: string
  remarks: readonly Remark[]
}

/** How much is missing, by the path of a page, a question or the plan. */
type Missing = ReadonlyMap<string, number>

function countMissing(remarks: readonly Remark[]): Missing {
  const counts = new Map<string, number>()
  for (const { place, severity } of remarks)
    if (severity === 'problem') {
      const part = pathOfSelection(selectionOf(place))
      counts.set(part, (counts.get(part) ?? 0) + 1)
    }
  return counts
}

/** Pages and questions in their order, the questionnaire's own words before them and the analysis plan after. */
export function Outline({ slug, set, current, remarks }: OutlineProps) {
  const missing = useMemo(() => countMissing(remarks), [remarks])
  return (
    <nav className="app-outline" aria-label="Parts of the question set">
      <ul className="app-outline__list">
        <Entry
          {...{ slug, current }}
          missing={missing.get('questions')}
          path="questions"
          words="Title, introduction and time"
        />
        {set.questions.pages.map((page, index) => (
          <PageEntry
            key={page.name}
            {...{ slug, page, index, missing }}
            current={
              current.startsWith(`${pathOf({ page: index })}.`) || current === pathOf({ page: index }) ? current : ''
            }
          />
        ))}
        <Entry {...{ slug, current }} missing={missing.get('plan')} path="plan" words="Analysis plan" />
      </ul>
    </nav>
  )
}

const PageEntry = memo(function PageEntry({
  slug,
  page,
  index,
  current,
  missing,
}: {
  slug: string
  page: Page
  index: number
  current: string
  missing: Missing
}) {
  return (
    <li>
      <OutlineLink
        {...{ slug, current }}
        missing={missing.get(pathOf({ page: index }))}
        path={pathOf({ page: index })}
        words={`Page ${index + 1}: ${page.title || 'no title yet'}`}
      />
      <ol className="app-outline__list">
        {page.elements.map((element, at) => (
          <Entry
            key={`${at} ${element.name}`}
            {...{ slug, current }}
            missing={missing.get(pathOf({ page: index, element: at }))}
            path={pathOf({ page: index, element: at })}
            words={wordsOf(element) || `${element.name}: no text yet`}
          />
        ))}
      </ol>
    </li>
  )
})

const longest = 80

function wordsOf(element: PageElement): string {
  const words = isNote(element) ? element.title || wordsOfNote(element) : element.title
  return words.length > longest && isNote(element) ? `${words.slice(0, longest)}…` : words
}

interface EntryProps {
  slug: string
  current: string
  path: string
  words: string
  missing: number | undefined
}

const Entry = memo(function Entry(props: EntryProps) {
  return (
    <li>
      <OutlineLink {...props} />
    </li>
  )
})

const OutlineLink = ({ slug, current, path, words, missing }: EntryProps) => (
  <Link
    className="govuk-link app-outline__link"
    to={editorAddress(slug, path)}
    preventScrollReset
    aria-current={current === path ? 'true' : undefined}
  >
    {words}
    {missing ? <strong> ({missing} missing)</strong> : null}
  </Link>
)
