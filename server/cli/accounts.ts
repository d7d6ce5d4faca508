import type { Command } from 'commander'
import { createSignInLink, getStaffByEmail, saveStaff, setStaffSystems } from '../accounts/queries.ts'
import { signInAddress } from '../accounts/rules.ts'
import { addStaffSchema, emailSchema } from '../accounts/schema.ts'
import type { AppContext } from '../context.ts'
import { recordAudit } from '../db/audit-log.ts'
import type { Db } from '../db/open.ts'
import { write } from '../db/write.ts'
import { badRequest } from '../errors.ts'
import { requireSystems } from '../systems/queries.ts'
import { commandLineActor, print, type OpenContext } from './command.ts'

interface Options {
  role?: string
  systems?: string
  json?: boolean
}

export function addAccountCommands(program: Command, open: OpenContext): void {
  program
    .command('sign-in-link')
    .description('print a link that signs a person in, once; with --role, add the person or change their role')
    .argument('<email>')
    .option('--role <role>', 'admin, reviewer or analyst')
    .option('--systems <codes>', 'the systems a reviewer may see, by code, with commas between; without it, all')
    .option('--json', 'print JSON')
    .action((email: string, options: Options) => {
      const result = makeSignInLink(open(), email, options)
      print(options.json, result, () => `${result.link}\nIt works once, until ${result.expiresAt}.`)
    })
}

function makeSignInLink({ db, tokenKey, config, clock }: AppContext, typed: string, options: Options) {
  const now = clock()
  return write(db, (tx) => {
    const person = options.role === undefined ? knownPerson(tx, typed, options) : savePerson(tx, typed, options, now)
    const { token, expiresAt } = createSignInLink(tx, { tokenKey, staffId: person.id, now })
    recordAudit(tx, {
      actor: commandLineActor,
      action: 'sign_in_link.make',
      subject: person.id,
      detail: { email: person.email },
      at: now,
    })
    return { email: person.email, role: person.role, link: signInAddress(config.publicUrl, token), expiresAt }
  })
}

function knownPerson(db: Db, typed: string, options: Options) {
  if (options.systems !== undefined) throw badRequest('role_needed', '--systems needs --role reviewer.')
  const email = emailSchema.safeParse(typed)
  if (!email.success) throw badRequest('bad_email', `${typed}: ${email.error.issues[0]?.message}.`)
  const person = getStaffByEmail(db, email.data)
  if (!person)
    throw badRequest(
      'unknown_person',
      `Nobody with the address ${email.data} can sign in. Give --role admin, reviewer or analyst to add them.`,
    )
  return person
}

function savePerson(db: Db, email: string, { role, systems }: Options, now: Date) {
  const codes = (systems ?? '')
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '')
  const wanted = addStaffSchema.safeParse({ email, role, systems: codes })
  if (!wanted.success)
    throw badRequest(
      'bad_person',
      wanted.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    )
  const scope = requireSystems(db, codes)
  const person = saveStaff(db, { email: wanted.data.email, role: wanted.data.role, now })
  setStaffSystems(
    db,
    person.id,
    scope.map((system) => system.id),
  )
  recordAudit(db, {
    actor: commandLineActor,
    action: 'staff.save',
    subject: person.id,
    detail: { ...wanted.data },
    at: now,
  })
  return person
}
