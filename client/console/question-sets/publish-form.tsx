import { useState } from 'react'
import type { Comparison } from '../../../server/question-sets/schema/versions.ts'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/fields.tsx'
import { Fieldset } from '../../components/form-group.tsx'
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
  /** `corrections`: the keys of what is declared to correct spelling and nothing more. */
  onPublish: (statements: Statement[], corrections: string[]) => Promise<unknown>
}

/** The field of a class's statement. */
export const statementField = (name: ChangeClass) => `statement-${name}`

/** Asks which texts were only respelt and, for each kind of change that is more than a correction, what it means for comparing results. */
export function PublishForm({ comparison, busy, problemOf, onPublish }: PublishFormProps) {
  const [ticked, setTicked] = useState<readonly string[]>([])
  const { changes } = comparison
  const respelt = changes.filter((change) => change.respelt)
  const corrections = respelt.map(({ key }) => key).filter((key) => ticked.includes(key))
  const asked = classOrder.filter(
    (name) => name !== 'correction' && changes.some(({ class: of, key }) => of === name && !corrections.includes(key)),
  )
  const publish = (fields: FormData) =>
    onPublish(
      asked.map((name) => ({ for: name, text: (fields.get(statementField(name)) as string).trim() })),
      corrections,
    )
  return (
    <form noValidate onSubmit={onSubmit(publish)}>
      {respelt.length > 0 ? (
        <Fieldset
          id="corrections"
          label="Which of these correct the spelling, and nothing more?"
          hint="A letter or two differ. That you said so stands with the version."
        >
          {respelt.map(({ key, place, what, before, after }) => (
            <Checkbox
              key={key}
              id={`correction-${key}`}
              label={`${place}, ${what}`}
              hint={`“${before}” became “${after}”`}
              checked={ticked.includes(key)}
              onChange={(on) => setTicked(on ? [...ticked, key] : ticked.filter((one) => one !== key))}
            />
          ))}
        </Fieldset>
      ) : null}
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
