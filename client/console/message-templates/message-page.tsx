import { useEffect, useRef } from 'react'
import { useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { modeOf } from '../../../surveys/modes.ts'
import { Button } from '../../components/button.tsx'
import { Input } from '../../components/fields.tsx'
import { Details } from '../../components/messages.tsx'
import { Table } from '../../components/table.tsx'
import { TextArea } from '../../components/text-area.tsx'
import { ApiError } from '../api.ts'
import { collectionAddress } from '../collections/load.ts'
import { loadMessages, messageNames, type TemplateView } from './messages-page.tsx'
import { useTemplate, type Preview } from './use-template.ts'
import { PageTop } from '../collections/page-top.tsx'

export async function loadMessage(args: LoaderFunctionArgs) {
  const { collection, templates } = await loadMessages(args)
  const template = templates.find(({ kind }) => kind === args.params.kind)
  if (!template) throw new ApiError(404, 'not_found', 'There is no such message.')
  return { collection, template }
}

/** The words of one message: change, preview, test, save. */
export function MessagePage() {
  const { collection, template } = useLoaderData<typeof loadMessage>()
  const { kind, revision } = template
  const words = useTemplate(`${collectionAddress(collection.id)}/templates/${kind}`, template, collection)
  const { problems, busy, done, preview } = words
  return (
    <>
      <PageTop
        collection={collection}
        title={messageNames[kind]}
        back={{ to: `/console/collections/${collection.id}/messages`, label: 'Words of the messages' }}
        problems={problems}
        done={done}
      />
      <form noValidate ref={words.form} key={revision} onSubmit={(event) => event.preventDefault()}>
        <WordFields template={template} problemOf={words.problemOf} />
        <div className="govuk-button-group">
          <Button busy={busy} onClick={() => void words.save()}>
            Save the words
          </Button>
          {revision > 0 ? (
            <Button kind="secondary" busy={busy} onClick={() => void words.restore()}>
              Go back to the standard words
            </Button>
          ) : null}
        </div>
        <h2 className="govuk-heading-m">See how it reads</h2>
        {modeOf(collection).invites && kind !== 'finish_later' ? (
          <Input
            id="locationId"
            label="Location ID of a service (optional)"
            hint="The preview is filled in for this service, or for the first of the collection. Its links open nothing."
            error={words.problemOf('locationId')}
          />
        ) : null}
        <Button kind="secondary" busy={busy} onClick={() => void words.show()}>
          Preview the message
        </Button>
        {preview ? <Shown preview={preview} failed={problems.length > 0} /> : null}
        <h2 className="govuk-heading-m">Send a test</h2>
        <Input
          id="to"
          type="email"
          label="Email address (optional)"
          hint="Without an address it goes to you. The test has the words as last saved. Its links open nothing."
          error={words.problemOf('to')}
        />
        <Button kind="secondary" busy={busy} onClick={() => void words.test()}>
          Send a test
        </Button>
      </form>
    </>
  )
}

interface WordFieldsProps {
  template: TemplateView
  problemOf: (field: string) => string | undefined
}

function WordFields({ template, problemOf }: WordFieldsProps) {
  return (
    <>
      <Input id="subject" label="Subject" width="full" defaultValue={template.subject} error={problemOf('subject')} />
      <TextArea
        id="body"
        label="Message"
        rows={20}
        hint="Words in double brackets are filled in for each recipient. A blank line starts a new paragraph."
        defaultValue={template.body}
        error={problemOf('body')}
      />
      <Details summary="Headings, lists and buttons">
        <dl className="app-answers">
          <dt>A heading</dt>
          <dd>
            <code># What happens to your answers</code>
          </dd>
          <dt>A list, each of its lines</dt>
          <dd>
            <code>- It takes ten minutes.</code>
          </dd>
          <dt>A button that leads to the survey</dt>
          <dd>
            <code className="app-identifier">{'[Answer the survey]({{link}})'}</code>
          </dd>
        </dl>
      </Details>
      <Details summary="Fields that you can use">
        <Table
          caption="Fields"
          hideCaption
          rows={template.fields}
          rowKey={({ name }) => name}
          columns={[
            { head: 'Field', cell: ({ name }) => <code className="app-identifier">{`{{${name}}}`}</code> },
            {
              head: 'Stands for',
              cell: ({ meaning, required }) => (required ? `${meaning} (must be there)` : meaning),
            },
          ]}
        />
      </Details>
    </>
  )
}

/** Focused as it appears, unless faults have the focus. */
function Shown({ preview, failed }: { preview: Preview; failed: boolean }) {
  const { subject, text, recipient } = preview
  const section = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!failed) section.current?.focus()
  }, [preview, failed])
  return (
    <section aria-label="Preview" className="app-mail-preview" tabIndex={-1} ref={section}>
      <p className="govuk-body">
        {recipient
          ? `To ${recipient.email ?? 'no address'}, for ${recipient.service}`
          : 'To nobody: with example names'}
      </p>
      <p className="govuk-body govuk-!-font-weight-bold">{subject}</p>
      <div className="app-mail-preview__text">{text}</div>
    </section>
  )
}
