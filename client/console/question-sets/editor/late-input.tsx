import { useState } from 'react'
import { Input } from '../../../components/fields.tsx'
import type { FieldProps } from '../../../components/form-group.tsx'

/**
 * A name or code: taken once the field is left, because others refer to it, and half a name may be the name of something else.
 */
export function LateInput({
  stored,
  onDone,
  ...field
}: FieldProps & { stored: string; width?: string; onDone: (text: string) => void }) {
  const [typed, setTyped] = useState<string>()
  return (
    <Input
      {...field}
      value={typed ?? stored}
      onChange={setTyped}
      onLeave={() => {
        if (typed !== undefined && typed !== stored) onDone(typed)
        setTyped(undefined)
      }}
    />
  )
}
