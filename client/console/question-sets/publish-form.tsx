import type { Comparison } from '../../../server/question-sets/schema/versions.ts'
import { Button } from '../../components/button.tsx'
import { WarningText } from '../../components/messages.tsx'
import { TextArea } from '../../components/text-area.tsx'
import { onSubmit } from '../use-send.ts'
import { classOrder, classWords, type ChangeClass } from './draft-changes.tsx'

export interface Statement {
  for: ChangeClass
  text: string
}

interface PublishFormProps {
  comparison: Comparison
  busy: boolean
  problemOf: (field: string) => string | undefined
  onPublish: (statements: Statement[]) => Promise<unknown>
}

/** The field of a class's statement. */
export const statementField = (name: ChangeClass) => `statement-${name}`

/** The classes whose changes ask whether results can still be compared. */
export const classesToState = ({ from, changes }: Comparison): ChangeClass[] =>
  from === null
    ? []
    : classOrder.filter((name) => name !== 'correction' && changes.some((change) => change.class === name))

/** Asks, for each kind of change that is more than a correction, what it means for comparing results. */
export function PublishForm({ comparison, busy, problemOf, onPublish }: PublishFormProps) {
  const asked = classesToState(comparison)
  const publish = (fields: FormData) =>
    onPublish(asked.map((name) => ({ for: name, text: (fields.get(statementField(name)) as string).trim() })))
  return (
    <form noValidate onSubmit={onSubmit(publish)}>
      {asked.map((name) => (
        <TextArea
          key={name}
          id={statementField(name)}
          label={`${classWords[name].title}: can results be compared with version ${comparison.from}?`}
          hint="Say what can be compared, what cannot, and why. It stands with the version."
          rows={3}
          error={problemOf(statementField(name))}
        />
      ))}
      <WarningText>A published version never changes. Open collections stay on the version they have.</WarningText>
      <Button type="submit" busy={busy}>
        Publish
      </Button>
    </form>
  )
}
