import { useState, useMemo, type ReactNode, useRef, useEffect } from 'react'
import { createPortal } from 'react-dom'
import { Survey } from 'survey-react-ui'
import { elementAt, type Place } from '../../../../surveys/editing/edit-question-set.ts'
import { wordsOfNote } from '../../../../surveys/notes.ts'
import type { Answers, Page, PageElement, QuestionSet } from '../../../../surveys/question-set.ts'
import { kindOf } from '../../../../surveys/editing/read-draft.ts'
import { Radios } from '../../../components/fields.tsx'
import { QuestionStatesContext } from '../../../components/questions/question-context.ts'
import { registerQuestionRenderers } from '../../../components/questions/register.tsx'
import { createQuestionnaireModel } from '../../../components/questions/questionnaire-model.ts'

registerQuestionRenderers()

/** The page being edited as respondents get it, as it is typed, at the width of a phone or of a desk. Conditions do not hide anything here. */
export function LivePreview({ set, at }: { set: QuestionSet; at: Place }) {
  const [width, setWidth] = useState('phone')
  const shown = set.questions.pages[at.page]
  return (
    <section className="app-live-preview" aria-label="Preview of this page">
      <h2 className="govuk-heading-s">Preview of this page</h2>
      <Radios
        id="preview-width"
        label="Width"
        inline
        small
        defaultValue={width}
        options={[
          { value: 'phone', label: 'Phone' },
          { value: 'desktop', label: 'Desktop' },
        ]}
        onChange={setWidth}
      />
      <div className={`app-live-preview__window app-live-preview__window--${width}`}>
        <Frame title="Preview of this page">
          {shown ? <PreviewPage set={set} page={shown} edited={elementAt(set, at)?.name} /> : null}
        </Frame>
      </div>
    </section>
  )
}

function PreviewPage({ set, page, edited }: { set: QuestionSet; page: Page; edited: string | undefined }) {
  const { plan } = set
  const answers = useRef<Answers>({})
  const model = useMemo(() => {
    const made = createQuestionnaireModel({ title: '', pages: [drawable(page, plan)] }, answers.current)
    made.onValueChanged.add(() => (answers.current = made.data as Answers))
    return made
  }, [page, plan])
  const main = useRef<HTMLElement>(null)
  // What is being edited is in view; the page around the frame stays where it is.
  useEffect(() => {
    const drawn = edited && main.current?.querySelector(`[data-question="${CSS.escape(edited)}"]`)
    const view = main.current?.ownerDocument.defaultView
    view?.scrollTo(0, drawn ? drawn.getBoundingClientRect().top + view.scrollY - 60 : 0)
  }, [edited])
  return (
    <main ref={main} className="govuk-main-wrapper app-live-preview__page">
      <h1 className="govuk-heading-l">{page.title || 'No title yet'}</h1>
      {page.description ? <p className="govuk-body">{page.description}</p> : null}
      <QuestionStatesContext value={plan.states}>
        {page.elements.length > 0 ? <Survey model={model} /> : <p className="govuk-hint">No questions yet.</p>}
      </QuestionStatesContext>
    </main>
  )
}

const unwritten = 'No text yet'

/** The page without conditions, with words where there are none yet, and without what nobody can draw. */
const drawable = ({ name, elements }: Page, plan: QuestionSet['plan']): Page => ({
  name,
  title: '',
  elements: elements.filter((element) => kindOf(element, plan)).map(drawableElement),
})

function drawableElement({ visibleIf: _, ...element }: PageElement, index: number): PageElement {
  if (element.type === 'html') return wordsOfNote(element) === '' ? { ...element, title: unwritten } : element
  const worded = <T extends { text: string }>(items: T[]) =>
    items.map((item) => ({ ...item, text: item.text || unwritten }))
  const drawn = { ...element, name: element.name || `unnamed_${index}`, title: element.title || unwritten }
  if (drawn.type === 'matrix') return { ...drawn, columns: worded(drawn.columns), rows: worded(drawn.rows) }
  return 'choices' in drawn ? { ...drawn, choices: worded(drawn.choices) } : drawn
}

const empty = '<!doctype html><html lang="en-GB"><head><title>Preview</title></head><body></body></html>'

/** A document of its own, in the styles of this one: widths mean in it what they mean on a screen of its size. */
function Frame({ title, children }: { title: string; children: ReactNode }) {
  const [body, setBody] = useState<HTMLElement>()
  const frame = useRef<HTMLIFrameElement>(null)
  useEffect(() => {
    const loaded = frame.current?.contentDocument
    if (loaded?.title === 'Preview') prepare(loaded)
  }, [])
  function prepare(loaded: Document) {
    for (const link of document.querySelectorAll('link[rel=stylesheet]'))
      loaded.head.append(loaded.importNode(link, true))
    loaded.body.className = 'govuk-template__body govuk-frontend-supported'
    loaded.documentElement.className = 'govuk-template'
    setBody(loaded.body)
  }
  return (
    <iframe
      className="app-live-preview__frame"
      ref={frame}
      title={title}
      srcDoc={empty}
      onLoad={({ currentTarget }) => {
        if (currentTarget.contentDocument && currentTarget.contentDocument.body !== body)
          prepare(currentTarget.contentDocument)
      }}
    >
      {body ? createPortal(children, body) : null}
    </iframe>
  )
}
