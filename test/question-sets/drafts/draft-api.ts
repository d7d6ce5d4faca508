// Drafts through the API, for tests.
import { expect } from 'vitest'
import type { QuestionSet } from '../../../surveys/question-set.ts'
import { comparisonSchema, questionSetVersionSchema } from '../../../server/question-sets/schema/versions.ts'
import { draftSchema, type DraftView } from '../../../server/question-sets/schema/drafts.ts'
import type { TestApp } from '../../app.ts'
import { signIn } from '../../factories.ts'
import type { Edit } from '../rules/edit-question-set.ts'

export const flow = 'discharge-information-flow'
export const audit = 'relational-audit'
export const pathOf = (slug: string) => `/api/question-sets/${slug}/draft`

type Agent = ReturnType<typeof signIn>

export async function startDraft(agent: Agent, slug: string, body: object = {}): Promise<DraftView> {
  return draftSchema.parse((await agent.post(pathOf(slug)).send(body).expect(201)).body)
}

export async function saveDraft(agent: Agent, { slug, revision, questions, plan }: DraftView): Promise<DraftView> {
  return draftSchema.parse((await agent.put(pathOf(slug)).send({ revision, questions, plan }).expect(200)).body)
}

/** The draft with the edits applied and saved. */
export function editDraft(agent: Agent, draft: DraftView, ...edits: Edit[]): Promise<DraftView> {
  const edited = structuredClone(draft)
  for (const edit of edits) edit(edited as unknown as QuestionSet)
  return saveDraft(agent, edited)
}

export async function compareDraft(agent: Agent, slug: string) {
  return comparisonSchema.parse((await agent.get(`${pathOf(slug)}/compare`).expect(200)).body)
}

/** With the same statement on every class that needs one. */
export async function publish(agent: Agent, draft: DraftView, text = 'Not to be compared.', declares = false) {
  const { changes } = await compareDraft(agent, draft.slug)
  const respelt = declares ? changes.filter((change) => change.respelt) : []
  const others = changes.filter((change) => !respelt.includes(change))
  const classes = [...new Set(others.map((change) => change.class))].filter((name) => name !== 'correction')
  const statements = classes.map((name) => ({ for: name, text }))
  const sent = { revision: draft.revision, statements, corrections: respelt.map(({ key }) => key) }
  const answer = await agent.post(`${pathOf(draft.slug)}/publish`).send(sent)
  const { body, status } = answer as { body: unknown; status: number }
  expect({ status, error: (body as { error?: unknown }).error }).toEqual({ status: 201, error: undefined })
  return questionSetVersionSchema.parse(body)
}

/** Starts, edits and publishes. */
export async function publishEdited(app: TestApp, slug: string, ...edits: Edit[]) {
  const admin = signIn(app, 'admin')
  return publish(admin, await editDraft(admin, await startDraft(admin, slug), ...edits))
}

/** The same, and declares every respelt text a correction. */
export async function publishCorrected(app: TestApp, slug: string, ...edits: Edit[]) {
  const admin = signIn(app, 'admin')
  return publish(admin, await editDraft(admin, await startDraft(admin, slug), ...edits), undefined, true)
}
