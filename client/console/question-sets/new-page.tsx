import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { modeNames, type Mode } from '../../../surveys/modes.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary, type Problem } from '../../components/error-summary.tsx'
import { Input, Radios } from '../../components/fields.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { post } from '../api.ts'
import { onSubmit, useSend } from '../use-send.ts'
import { editorAddress } from './editor/places.ts'

const slugPattern = /^[a-z][a-z0-9-]{0,63}$/

/** Letters and digits of the title with hyphens between; empty where it has none at its beginning. */
const proposeSlug = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 64)

const reached: Record<Mode, { label: string; hint: string }> = {
  personal: { label: 'By personal links', hint: 'One for each service, to its registered manager' },
  cascade: { label: 'By links that organisations pass on', hint: 'One for each organisation' },
}

/** Starts a question set from nothing: a draft with one empty page. */
export function NewQuestionSetPage() {
  const { send, busy, problems, setProblems, problemOf } = useSend()
  const navigate = useNavigate()
  const [slug, setSlug] = useState('')
  const [isOwn, setOwn] = useState(false)

  async function start(fields: FormData) {
    const title = (fields.get('title') as string).trim()
    const mode = fields.get('mode')
    const faults: Problem[] = [
      ...(title ? [] : [{ field: 'title', message: 'Enter a title' }]),
      ...(slugPattern.test(slug)
        ? []
        : [
            {
              field: 'slug',
              message: 'Enter a short name of small letters, digits and hyphens that begins with a letter',
            },
          ]),
      ...(mode ? [] : [{ field: 'mode', message: 'Choose how people are reached' }]),
    ]
    if (faults.length > 0) return setProblems(faults)
    const draft = await send(() => post(`/api/question-sets/${slug}/draft`, { newSet: { title, mode } }))
    if (draft) await navigate(editorAddress(slug, 'questions.pages.0'))
  }
  return (
    <>
      <Link className="govuk-back-link" to="/console/question-sets">
        Question sets
      </Link>
      <ErrorSummary problems={problems} />
      <PageHeading failed={problems.length > 0}>New question set</PageHeading>
      <form noValidate onSubmit={onSubmit(start)}>
        <Input
          id="title"
          label="Title"
          hint="Respondents read it above the questions."
          width="full"
          error={problemOf('title')}
          onChange={(title) => (isOwn ? undefined : setSlug(proposeSlug(title)))}
        />
        <Input
          id="slug"
          label="Short name"
          hint="For addresses and commands, such as discharge-information-flow. It stays as it is."
          error={problemOf('slug')}
          value={slug}
          onChange={(text) => {
            setOwn(text !== '')
            setSlug(text)
          }}
        />
        <Radios
          id="mode"
          label="How people are reached"
          error={problemOf('mode')}
          options={modeNames.map((mode) => ({ value: mode, ...reached[mode] }))}
        />
        <Button type="submit" busy={busy}>
          Start the draft
        </Button>
      </form>
    </>
  )
}
