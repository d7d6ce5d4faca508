import { useState } from 'react'
import type { StaffEntry } from '../../../server/accounts/schema.ts'
import type { SystemView } from '../../../server/systems/schema.ts'
import { Checkboxes, Radios } from '../../components/fields.tsx'
import { roleNames, roles } from './use-staff.ts'

const hints: Record<StaffEntry['role'], string> = {
  admin: 'Sets up and runs collections, releases results, adds people.',
  reviewer: 'Reads released results, of all systems or of some.',
  analyst: 'Reads released results and question sets.',
}

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
        options={roles.map((value) => ({ value, label: roleNames[value], hint: hints[value] }))}
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
