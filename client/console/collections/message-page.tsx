import { Link, useLoaderData, type LoaderFunctionArgs } from 'react-router'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Input } from '../../components/fields.tsx'
import { Details, Notice, SuccessBanner } from '../../components/messages.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Table } from '../../components/table.tsx'
import { TextArea } from '../../components/text-area.tsx'
import { ApiError } from '../api.ts'
import { collectionAddress } from './load.ts'
import { loadMessages, messageNames, type TemplateView } from './messages-page.tsx'
import { useTemplate, type Preview } from './use-template.ts'

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
  const words = useTemplate(`${collectionAddress(collection.id)}/templates/${kind}`, template)
  const { problems, busy, done, preview } = words
  return (
    <>
      <Link className="govuk-back-link" to={`/console/collections/${collection.id}/messages`}>
        Words of the messages
      </Link>
      <ErrorSummary problems={problems} />
      {done ? (
        <SuccessBanner key={done}>
          <p className="govuk-notification-banner__heading">{done}</p>
        </SuccessBanner>
      ) : null}
      <PageHeading caption={collection.name} failed={problems.length > 0}>
        {messageNames[kind]}
      </PageHeading>
      <Notice text={collection.notice} />
      <form noValidate ref={words.form} key={revision} onSubmit={(event) => event.preventDefault()}>
        <WordFields template={template} problemOf={words.problemOf} />
        <div className="govuk-button-group">
          <Button busy={busy} onClick={() => void words.save()}>
            Save the words
          </Button>
          {revision > 0 ? (
            <Button kind="secondary" busy={busy} onClick={() => void words.restore()}>
              Go back to the shipped words
            </Button>
          ) : null}
        </div>
        <h2 className="govuk-heading-m">Preview</h2>
        {collection.mode === 'personal' && kind !== 'finish_later' ? (
          <Input
            id="locationId"
            label="Location ID of a service (optional)"
            hint="Whose names are shown; without one, the first of the frame. Links in a preview open nothing."
            error={words.problemOf('locationId')}
          />
        ) : null}
        <Button kind="secondary" busy={busy} onClick={() => void words.show()}>
          Show what is written above
        </Button>
        {preview ? <Shown preview={preview} /> : null}
        <h2 className="govuk-heading-m">Test</h2>
        <Input
          id="to"
          type="email"
          label="Send a test to (optional)"
          hint="Without an address it goes to you. A test is made of the saved words; its links open nothing."
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
        hint="A blank line starts a new paragraph. # before a line makes a heading, - before each line a list, [Words]({{link}}) a button."
        defaultValue={template.body}
        error={problemOf('body')}
      />
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

function Shown({ preview: { subject, text, recipient } }: { preview: Preview }) {
  return (
    <section aria-label="Preview" className="app-mail-preview">
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
