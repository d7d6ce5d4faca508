import type { History } from '../../../server/invitations/schema/delivery.ts'
import { Button } from '../../components/button.tsx'
import { Input, Radios } from '../../components/fields.tsx'
import { onSubmit } from '../use-send.ts'
import { dispositionWords } from './history-words.ts'
import type { Outcome } from './use-invitation.ts'

interface FormProps {
  busy: boolean
  problemOf: (field: string) => string | undefined
  onSave: (fields: FormData) => Promise<unknown>
}

export function ContactForm({ service, busy, problemOf, onSave }: FormProps & Pick<History, 'service'>) {
  return (
    <form noValidate onSubmit={onSubmit(onSave)}>
      <h2 className="govuk-heading-m">Correct the contact</h2>
      <Input id="name" label="Name" defaultValue={service.contactName ?? ''} error={problemOf('name')} />
      <Input
        id="email"
        label="Email address"
        type="email"
        width="30"
        hint="The link goes to this address. Messages that wait for the old one are not sent."
        error={problemOf('email')}
      />
      <Button type="submit" busy={busy}>
        Correct and send the link again
      </Button>
    </form>
  )
}

export function DispositionForm({ outcome, busy, problemOf, onSave }: FormProps & { outcome: Outcome }) {
  const options = Object.entries(dispositionWords).map(([value, label]) => ({ value, label }))
  return (
    <form noValidate onSubmit={onSubmit(onSave)}>
      <h2 className="govuk-heading-m">Set the outcome by hand</h2>
      <Radios
        id="disposition"
        label="Outcome"
        hint="Only where you know more than what is listed above, such as from a telephone call."
        small
        options={[
          { value: 'events', label: `What follows from the list above: ${dispositionWords[outcome.fromEvents]}` },
          ...options,
        ]}
        defaultValue={outcome.set ?? undefined}
        error={problemOf('disposition')}
      />
      <Input id="reason" label="Reason" width="30" error={problemOf('reason')} />
      <Button type="submit" kind="secondary" busy={busy}>
        Set the outcome
      </Button>
    </form>
  )
}
