import { expect, test } from 'vitest'
import { paperForm } from '../../server/question-sets/templates/paper-form.ts'
import { getPublishedVersion } from '../../server/question-sets/queries/versions.ts'
import { listValues } from '../../surveys/condition.ts'
import { questionsOf } from '../../surveys/notes.ts'
import { testApp, testDatabase } from '../app.ts'
import { signIn } from '../factories.ts'

const slugs = ['discharge-information-flow', 'relational-audit']

test.each(slugs)('%s on paper has every question, every answer, and the column and code of each', async (slug) => {
  const app = testApp()
  const response = await signIn(app, 'reviewer').get(`/api/question-sets/${slug}/versions/1/paper`).expect(200)
  expect(response.headers['content-type']).toContain('text/html')
  const { questions } = getPublishedVersion(app.db, slug)!
  const asked = questions.pages.flatMap(questionsOf)
  const text = response.text.replaceAll('&#39;', "'").replaceAll('&amp;', '&').replaceAll('&quot;', '"')
  const codes = (part: string) =>
    [...part.matchAll(/<code class="app-paper__code">([^<]*)<\/code>/g)].map(([, code]) => code)
  for (const [index, question] of asked.entries()) {
    const from = text.indexOf(`id="${question.name}-title"`)
    const next = asked[index + 1]
    const part = text.slice(from, next && text.indexOf(`id="${next.name}-title"`))
    expect(from).toBeGreaterThan(0)
    expect(part).toContain(`${index + 1}. ${question.title}`)
    for (const { value, text: words } of listValues(question)) {
      expect(part).toContain(words)
      expect(codes(part)).toContain(String(value))
    }
    const columns =
      question.type === 'matrix' ? question.rows.map((row) => `${question.name}.${row.value}`) : [question.name]
    expect(codes(part)).toEqual(expect.arrayContaining(columns))
  }
})

test('it says when a part is to be left out, in words', () => {
  const version = getPublishedVersion(testDatabase(), 'discharge-information-flow')
  if (!version) throw new Error('not published')
  const { text } = paperForm(version)
  expect(text).toContain('Answer this part only when')
  expect(text).not.toContain('{older_people_discharged}')
})

test('text is text, whatever it holds', () => {
  const choices = [{ value: 'a', text: 'Fish & chips' }]
  const { text } = paperForm({
    version: 1,
    questions: {
      title: 'A "title"',
      pages: [{ name: 'p', title: 'P', elements: [{ type: 'radiogroup', name: 'q', title: "It's", choices }] }],
    },
    plan: { slug: 's', mode: 'cascade' },
  })
  expect(text).toContain('Fish &amp; chips')
  expect(text).toContain('A &quot;title&quot;')
  expect(text).not.toContain('location_id')
})

test('signed out, bad input, not there', async () => {
  const app = testApp()
  await app.request.get('/api/question-sets/relational-audit/versions/1/paper').expect(401)
  const admin = signIn(app, 'admin')
  await admin.get('/api/question-sets/relational-audit/versions/9/paper').expect(404)
  await admin.get('/api/question-sets/relational-audit/versions/x/paper').expect(400)
})
