import { z } from 'zod'

const roleSchema = z.enum(['admin', 'reviewer', 'analyst'], 'Choose a role: admin, reviewer or analyst')

export const emailSchema = z
  .string('Enter an email address')
  .trim()
  .toLowerCase()
  .max(254, 'Enter an email address of at most 254 characters')
  .pipe(z.email('Enter an email address in the correct format, like name@example.com'))

export const accountSchema = z.object({
  email: z.string(),
  role: roleSchema,
  /** A reviewer's scope; null means every system. */
  systems: z.array(z.object({ code: z.string(), name: z.string() })).nullable(),
})
export type Account = z.infer<typeof accountSchema>

const systemCodesSchema = z.array(z.string().min(1).max(64)).max(500)
const onlyReviewersHaveScope = (person: { role: string; systems: string[] }) =>
  person.role === 'reviewer' || person.systems.length === 0
const scopeMessage = { path: ['systems'], message: 'Only a reviewer can be limited to some systems' }

export const addStaffSchema = z
  .strictObject({ email: emailSchema, role: roleSchema, systems: systemCodesSchema.default([]) })
  .refine(onlyReviewersHaveScope, scopeMessage)

export const changeStaffSchema = z
  .strictObject({ role: roleSchema, systems: systemCodesSchema.default([]) })
  .refine(onlyReviewersHaveScope, scopeMessage)

export const staffParamsSchema = z.object({ id: z.string() })

export const staffMemberSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: roleSchema,
  /** Codes; empty means every system. */
  systems: z.array(z.string()),
  createdAt: z.string(),
})
export type StaffEntry = z.infer<typeof staffMemberSchema>
export const staffListSchema = z.object({ staff: z.array(staffMemberSchema) })

export const auditLogSchema = z.object({
  entries: z.array(
    z.object({
      id: z.number(),
      at: z.string(),
      actor: z.string(),
      action: z.string(),
      subject: z.string(),
      detail: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
})
export type AuditLog = z.infer<typeof auditLogSchema>

/** The sign-in form; what is wrong is shown beside the field, so anything may come in. */
export const signInFormSchema = z.object({ email: z.unknown() })
export const signInTokenSchema = z.object({ token: z.string().max(100) })
