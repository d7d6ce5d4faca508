import { expect, test } from 'vitest'
import { questionSetListSchema, questionSetVersionSchema } from '../../server/question-sets/schema/versions.ts'
import { testApp } from '../app.ts'
import { signIn } from '../factories.ts'

const roles = ['admin', 'reviewer', 'analyst'] as const
const paths = ['/api/question-sets', '/api/question-sets/relational-audit/versions/1']

test.each(roles)('an %s reads the list of question sets and their versions', async (role) => {
  const response = await signIn(testApp(), role).get('/api/question-sets').expect(200)
  const sets = questionSetListSchema.parse(response.body)
  expect(sets.map((set) => set.slug).sort()).toEqual(['discharge-information-flow', 'relational-audit'])
  expect(sets.every((set) => set.versions[0]?.publishedAt === '2026-01-01T00:00:00.000Z')).toBe(true)
  expect(JSON.stringify(response.body)).not.toContain('questionSetId')
})

test.each(roles)('an %s reads one version with its plan and the provenance of every question', async (role) => {
  const response = await signIn(testApp(), role)
    .get('/api/question-sets/discharge-information-flow/versions/1')
    .expect(200)
  const version = questionSetVersionSchema.parse(response.body)
  expect(version.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(version.plan.slug).toBe('discharge-information-flow')
  const questions = version.questions.pages.flatMap((page) => page.elements)
  expect(questions.filter((question) => !question.provenance)).toEqual([])
})

test.each(paths)('%s asks a signed-out person to sign in', async (path) => {
  const response = await testApp().request.get(path).expect(401)
  expect(response.body).toMatchObject({ error: { code: 'sign_in_required' } })
})

test.each([
  '/api/question-sets/relational-audit/versions/0',
  '/api/question-sets/relational-audit/versions/first',
  '/api/question-sets/relational-audit/versions/99999999999999999999',
  '/api/question-sets/Relational%20Audit/versions/1',
  '/api/question-sets/__proto__/versions/1',
])('%s is refused as a bad request', async (path) => {
  const response = await signIn(testApp(), 'admin').get(path).expect(400)
  expect(response.body).toMatchObject({ error: { code: 'invalid_request' } })
})

test.each(['/api/question-sets/relational-audit/versions/2', '/api/question-sets/unknown/versions/1'])(
  '%s is not there',
  async (path) => {
    const response = await signIn(testApp(), 'admin').get(path).expect(404)
    expect(response.body).toMatchObject({ error: { code: 'not_found' } })
  },
)

test.each(paths)('%s cannot be changed, by an admin either', async (path) => {
  await signIn(testApp(), 'admin').post(path).send({}).expect(404)
})
