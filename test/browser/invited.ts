import { openPersonalCollection } from '../factories.ts'
import { waitForQuestions } from './questionnaire.ts'
import type { Site } from './site.ts'
import type { Visitor } from './visitor.ts'

export const bothWays = [
  { way: 'with JavaScript', javaScript: true },
  { way: 'without JavaScript', javaScript: false },
]

/** One invitation, and its personal link. */
export function invite(site: Site) {
  const { invitations } = openPersonalCollection(site.app, { services: 1 })
  const { invitation, token } = invitations[0]!
  return { id: invitation.id, link: `${site.address}/r/${token}` }
}

/** Opens a page of the questions. */
export async function openPage(visitor: Visitor, address: string): Promise<void> {
  await visitor.page.goto(address)
  await waitForQuestions(visitor)
}

export const isChosen = ({ page }: Visitor, name: string, code: string) =>
  page.locator(`input[name="${name}"][value="${code}"]`).isChecked()
