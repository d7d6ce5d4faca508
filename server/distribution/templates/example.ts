import type { AppContext } from '../../context.ts'
import { getCollectionForMail, getExampleService, listCollectionSystemNames } from '../queries/mail.ts'
import { cascadeFields, invitationFields, responseFields } from '../rules/message-fields.ts'
import type { Fields, TemplateKind } from '../rules/template-fields.ts'
import { notFound } from '../../errors.ts'

// Nobody's link may be seen by anyone else: these lead to the neutral page.
const exampleToken = 'example-link'

export interface Example {
  fields: Fields
  collection: { id: string; notice: string | null }
  /** Whose values they are; null where the frame is not loaded or the kind goes to nobody in it. */
  recipient: { locationId: string; service: string; name: string | null; email: string | null } | null
}

/** The values of a real recipient (by `locationId`, else the first of the frame), with links that open nothing. Throws not_found. */
export function exampleFor(
  { db, config }: Pick<AppContext, 'db' | 'config'>,
  collectionId: string,
  { kind, locationId }: { kind: TemplateKind; locationId?: string },
): Example {
  const about = getCollectionForMail(db, collectionId)
  if (!about) throw notFound('There is no such collection.')
  const { publicUrl } = config
  const address = { publicUrl, token: exampleToken }
  const { collection } = about
  const ofService = kind !== 'coordinator' && kind !== 'finish_later'
  const found = ofService ? getExampleService(db, collectionId, locationId) : undefined
  if (locationId !== undefined && ofService && !found) throw notFound('There is no such service in the frame.')
  const system = { name: found?.system.name ?? listCollectionSystemNames(db, collectionId)[0] ?? 'Example system' }
  if (kind === 'coordinator') {
    const link = { organisation: 'Example organisation', coordinatorName: null }
    const links = { link: `${publicUrl}/c/${exampleToken}`, progressLink: `${publicUrl}/coordinator/${exampleToken}` }
    return { collection, recipient: null, fields: cascadeFields({ ...about, system, link }, { publicUrl, ...links }) }
  }
  if (kind === 'finish_later')
    return { collection, recipient: null, fields: responseFields({ ...about, system }, address) }
  const service = found?.service ?? { name: 'Example service', contactName: null }
  const unsubscribeLink = `${publicUrl}/u/${exampleToken}`
  const fields = invitationFields({ ...about, system, service }, { ...address, unsubscribeLink })
  const recipient = found && {
    locationId: found.service.locationId,
    service: found.service.name,
    name: found.service.contactName,
    email: found.service.contactEmail,
  }
  return { collection, fields, recipient: recipient ?? null }
}
