import type { AppContext } from '../../context.ts'
import { notFound } from '../../errors.ts'
import { getCollectionForMail, getExampleService, listCollectionSystemNames } from './mail.ts'
import { cascadeFields, invitationFields, responseFields } from '../rules/message-fields.ts'
import type { Fields, TemplateKind } from '../rules/template-fields.ts'

// Nobody's link may be seen by anyone else: these lead to the neutral page.
const exampleToken = 'example-link'

export interface Example {
  fields: Fields
  collection: { id: string; notice: string | null }
  /** Whose values they are; null where the frame is not loaded or the kind goes to nobody in it. */
  recipient: { locationId: string; service: string; name: string | null; email: string | null } | null
}

type Source = Pick<AppContext, 'db' | 'config'>
type About = NonNullable<ReturnType<typeof getCollectionForMail>>

/** The values of a real recipient (by `locationId`, else the first of the frame), with links that open nothing. Throws not_found. */
export function exampleFor(
  source: Source,
  collectionId: string,
  { kind, locationId }: { kind: TemplateKind; locationId?: string },
): Example {
  const about = getCollectionForMail(source.db, collectionId)
  if (!about) throw notFound('There is no such collection.')
  if (kind === 'coordinator' || kind === 'finish_later')
    return { collection: about.collection, recipient: null, fields: sharedExample(source, about, kind) }
  return personalExample(source, about, locationId)
}

function firstSystem({ db }: Source, { collection }: About): { name: string } {
  return { name: listCollectionSystemNames(db, collection.id)[0] ?? 'Example system' }
}

function sharedExample(source: Source, about: About, kind: 'coordinator' | 'finish_later'): Fields {
  const { publicUrl } = source.config
  const system = firstSystem(source, about)
  if (kind === 'finish_later') return responseFields({ ...about, system }, { publicUrl, token: exampleToken })
  const link = { organisation: 'Example organisation', coordinatorName: null }
  const links = { link: `${publicUrl}/c/${exampleToken}`, progressLink: `${publicUrl}/coordinator/${exampleToken}` }
  return cascadeFields({ ...about, system, link }, { publicUrl, ...links })
}

function personalExample(source: Source, about: About, locationId: string | undefined): Example {
  const { publicUrl } = source.config
  const { collection } = about
  const found = getExampleService(source.db, collection.id, locationId)
  if (locationId !== undefined && !found) throw notFound('There is no such service in the frame.')
  const address = { publicUrl, token: exampleToken, unsubscribeLink: `${publicUrl}/u/${exampleToken}` }
  if (!found) {
    const service = { name: 'Example service', contactName: null }
    return {
      collection,
      recipient: null,
      fields: invitationFields({ ...about, system: firstSystem(source, about), service }, address),
    }
  }
  const { locationId: id, name: service, contactName: name, contactEmail: email } = found.service
  return {
    collection,
    recipient: { locationId: id, service, name, email },
    fields: invitationFields({ ...about, ...found }, address),
  }
}
