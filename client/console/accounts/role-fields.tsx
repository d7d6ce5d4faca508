import { useState } from 'react'
import type { StaffEntry } from '../../../server/accounts/schema.ts'
import type { SystemView } from '../../../server/systems/schema.ts'
import { Checkboxes, Radios } from '../../components/fields.tsx'

interface RoleFieldsProps {
  person?: StaffEntry
  systems: readonly SystemView[]
  problemOf: (field: string) => string | undefined
}

/** The role and, for a reviewer, the systems whose results they may see. */
export function RoleFields({ person, systems, problemOf }: RoleFieldsProps) {
  const [role, setRole] = useState<string | undefined>(person?.role)
  return (
    <>
      <Radios
        id="role"
        label="Role"
        error={problemOf('role')}
        defaultValue={person?.role}
        onChange={setRole}
        options={[
          { value: 'admin', label: 'Admin', hint: 'Sets up and runs collections, releases results, adds people.' },
          { value: 'reviewer', label: 'Reviewer', hint: 'Reads released results, of all systems or of some.' },
          { value: 'analyst', label: 'Analyst', hint: 'Reads released results and question sets.' },
        ]}
      />
      {role === 'reviewer' && systems.length > 0 ? (
        <Checkboxes
          id="systems"
          small
          label="Systems"
          hint="Tick those whose results they may see. With none ticked, they see all."
          error={problemOf('systems')}
          defaultValues={person?.systems}
          options={systems.map(({ code, name }) => ({ value: code, label: name }))}
        />
      ) : null}
    </>
  )
}
