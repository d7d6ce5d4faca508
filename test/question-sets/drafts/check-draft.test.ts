import { beforeEach, describe, expect, test } from 'vitest'
import { listQuestionSets } from '../../../server/question-sets/queries/versions.ts'
import { draftCheckSchema } from '../../../server/question-sets/schema/drafts.ts'
import { testApp, type TestApp } from '../../app.ts'
import { signIn } from '../../factories.ts'
import { cut, drop, push, put } from '../rules/edit-question-set.ts'
import {
  audit,
  compareDraft,
  editDraft,
  flow,
  pathOf,
  publish,
  publishEdited,
  saveDraft,
  startDraft,
} from './draft-api.ts'
import { processorMs } from '../../until.ts'

let app: TestApp
let admin: ReturnType<typeof signIn>
beforeEach(() => {
  app = testApp()
  admin = signIn(app, 'admin')
})
const check = async (slug = flow) => draftCheckSchema.parse((await admin.get(`${pathOf(slug)}/check`).expect(200)).body)
const versions = (slug: string) => listQuestionSets(app.db).find((set) => set.slug === slug)!.versions

describe('the check of a draft', () => {
  test('finds nothing wrong with either shipped set, and says how long it takes', async () => {
    for (const slug of [flow, audit]) {
      await startDraft(admin, slug)
      const { ready, problems, estimate } = await check(slug)
      expect([ready, problems]).toEqual([true, []])
      expect(estimate!.longest).toBeGreaterThan(60)
    }
  })

  const laterQuestion = '{helps} notempty'
  const edits: [string, Parameters<typeof editDraft>[2], string, string][] = [
    ['no text', put('?grade', { title: '' }), 'elements.0.title', 'The text of the question is empty.'],
    ['text missing', drop('?grade', 'title'), 'elements.0.title', 'The text of the question is missing.'],
    ['markup', put('?grade', { title: '<b>' }), 'elements.0.title', 'plain text only: no < > { }'],
    ['script', put('?grade', { onclick: 'x' }), 'elements.0.onclick', '“onclick” has no place here: take it out.'],
    ['a type that is not ours', put('?grade', { type: 'image' }), 'elements.0.type', 'is not one of ours'],
    ['no type', drop('?grade', 'type'), 'elements.0.type', 'The type of the question is missing.'],
    ['a name', put('?grade', { name: 'My grade' }), 'elements.0.name', 'use small letters, digits and _'],
    ['no choices', put('?grade', { choices: [] }), 'elements.0.choices', 'The list of choices is empty.'],
    [
      'a code twice',
      push('?grade/choices', { value: 'other', text: 'X' }),
      'choices.4.value',
      'The code other is used twice.',
    ],
    ['no code', push('?grade/choices', { text: 'X' }), 'elements.0.choices.4.value', 'The code is missing.'],
    [
      'a condition on a later question',
      put('?grade', { visibleIf: laterQuestion }),
      'elements.0.visibleIf',
      'is not a question of an earlier page',
    ],
    [
      'a heading without words',
      push('about_you/elements', { type: 'html', name: 'empty' }),
      'questions.pages.0.elements.3.title',
      'The heading: write a heading, a paragraph or both.',
    ],
    [
      'a paragraph with markup',
      push('about_you/elements', { type: 'html', name: 'bold', html: '<b>Bold</b>' }),
      'questions.pages.0.elements.3.html',
      'The paragraph: plain text only: no < > { }.',
    ],
    [
      'a heading in the plan',
      (set) => {
        push('about_you/elements', { type: 'html', name: 'intro', title: 'Introduction' })(set)
        push('plan/counted', 'intro')(set)
      },
      'plan.counted.',
      'intro is a heading or paragraph: nobody answers it.',
    ],
    [
      'an indicator of a deleted choice',
      push('plan/indicators', { id: 'gone', label: 'Gone', variable: 'grade', counts: ['clerk'] }),
      'plan.indicators.',
      'grade has no code clerk.',
    ],
    [
      'an empty scale',
      push('plan/scales', { id: 'empty', label: 'Empty', items: [] }),
      'plan.scales.',
      'The list of statements is empty.',
    ],
    [
      'a breakdown with free text',
      push('plan/breakdowns', { id: 'why', label: 'Why', from: 'variable', variable: 'helps' }),
      'plan.breakdowns.',
      'must be a question with one choice',
    ],
    ['no cross', drop('plan', 'cross'), 'plan.cross', 'Name the two breakdowns to cross.'],
    ['another short name', put('plan', { slug: 'another' }), 'plan.slug', `short name of its set, ${audit}`],
    ['minutes', put('plan', { minutes: 61 }), 'plan.minutes', 'The time that people are told must be at most 60.'],
  ]
  test.each(edits)(
    '%s: a problem with its place, and publishing is refused with it',
    async (_, edit, place, message) => {
      const draft = await editDraft(admin, await startDraft(admin, audit), edit)
      const { ready, problems } = await check(audit)
      expect(ready).toBe(false)
      const found = problems.find((problem) => problem.place.includes(place) && problem.message.includes(message))
      expect(found, JSON.stringify(problems)).toMatchObject({ severity: 'problem' })
      const refused = await admin
        .post(`${pathOf(audit)}/publish`)
        .send({ revision: draft.revision })
        .expect(409)
      expect(refused.body).toMatchObject({ error: { code: 'not_ready' } })
      expect(JSON.stringify(refused.body)).toContain(JSON.stringify(found!.place))
      expect(versions(audit)).toHaveLength(1)
    },
  )

  test('says in words where a problem is', async () => {
    await editDraft(admin, await startDraft(admin, audit), put('?grade/choices/other', { text: '' }))
    expect((await check(audit)).problems).toMatchObject([
      { where: 'page 1 (about_you), question 1 (grade), choice 4 (other)', message: 'The text is empty.' },
    ])
  })

  test('says that it is a heading or paragraph that has none', async () => {
    await editDraft(admin, await startDraft(admin, audit), push('about_you/elements', { type: 'html', name: 'intro' }))
    expect((await check(audit)).problems).toMatchObject([{ where: 'page 1 (about_you), text 4 (intro)' }])
  })

  test('advises on time that is longer than people are told, which keeps nothing from being published', async () => {
    const draft = await editDraft(admin, await startDraft(admin, flow), put('plan', { minutes: 1 }))
    expect(await check()).toMatchObject({ ready: true, problems: [{ place: 'plan.minutes', severity: 'advice' }] })
    expect(await publish(admin, draft)).toMatchObject({ version: 2 })
  })

  test('gives no time where there are too many ways through, and takes no time over it', async () => {
    const pages = Array.from({ length: 30 }, (_, n) => ({
      name: `page_${n}`,
      title: 'Page',
      elements: [
        {
          type: 'radiogroup',
          name: `question_${n}`,
          title: 'And?',
          choices: [
            { value: 'yes', text: 'Yes' },
            { value: 'no', text: 'No' },
          ],
          ...(n > 0 ? { visibleIf: `{question_${n - 1}} = 'yes'` } : {}),
        },
      ],
    }))
    const newSet = { title: 'Ways', mode: 'cascade' }
    const draft = await startDraft(admin, 'ways', { newSet })
    const counted = pages.map((_, n) => `question_${n}`)
    await saveDraft(admin, {
      ...draft,
      questions: { ...draft.questions, pages },
      plan: { ...draft.plan, counted },
    })
    let checked: Awaited<ReturnType<typeof check>> | undefined
    expect(await processorMs(async () => (checked = await check('ways')))).toBeLessThan(1000)
    const { ready, problems, estimate } = checked!
    expect([ready, estimate]).toEqual([true, null])
    expect(problems[0]!.message).toContain('too many ways')
  })

  test('advises where a code comes back with another meaning, and the difference calls it codes', async () => {
    const old = { value: 'clerk', text: 'Clerk' }
    await publishEdited(app, audit, push('?grade/choices', old))
    await publishEdited(app, audit, cut('?grade/choices', 'clerk'))
    const draft = await startDraft(admin, audit)
    await editDraft(admin, draft, push('?grade/choices', { value: 'clerk', text: 'Member of the clergy' }))
    const { problems } = await check(audit)
    expect(problems[0]).toMatchObject({
      severity: 'advice',
      where: expect.stringContaining('choice 5 (clerk)') as string,
    })
    expect(problems[0]!.message).toContain('In version 2 the code clerk of grade meant “Clerk”')
    expect((await compareDraft(admin, audit)).changes.map((change) => change.class)).toEqual(['codes'])
  })

  test('an incomplete draft cannot be compared, and says why', async () => {
    await editDraft(admin, await startDraft(admin, flow), drop('questions', 'title'))
    const refused = await admin.get(`${pathOf(flow)}/compare`).expect(409)
    expect(refused.body).toMatchObject({ error: { code: 'not_ready', details: [{ place: 'questions.title' }] } })
  })
})
