import { expect, test } from 'vitest'
import { requireCollection } from '../../server/collections/queries/collections.ts'
import { startDraft, updateDraft } from '../../server/question-sets/queries/drafts.ts'
import { publishDraft } from '../../server/question-sets/queries/publish-draft.ts'
import type { Questions } from '../../surveys/question-set.ts'
import { openCascadeCollection } from '../factories.ts'
import { expectAccessible } from './accessible.ts'
import { browser, site } from './running-site.ts'
import { openConsole } from './staff.ts'

test('an open collection is moved to a version that only corrects its own, and to no other', async () => {
  const { db, time } = site.app
  const slug = 'relational-audit'
  const who = { actor: 'admin@example.org', now: time.now }
  const { collection } = openCascadeCollection(site.app, { name: 'Running audit', questionSet: slug })
  const publish = (change: (questions: Questions) => void, text?: string) => {
    const draft = startDraft(db, { slug, ...who })
    const questions = structuredClone(draft.questions) as unknown as Questions
    change(questions)
    const { revision } = updateDraft(db, {
      slug,
      revision: draft.revision,
      questions: { ...questions },
      plan: draft.plan,
      ...who,
    })
    publishDraft(db, { slug, revision, statements: text ? [{ for: 'wording', text }] : [], ...who })
  }
  publish((questions) => (questions.pages[0]!.title = `${questions.pages[0]!.title}.`))
  publish((questions) => (questions.pages[0]!.title = 'Quite another heading'), 'Yes: a heading alone.')

  const { page, leave } = await openConsole(browser, site)
  await page.getByRole('link', { name: 'Running audit' }).click()
  await page.getByRole('link', { name: 'Use a corrected version' }).click()
  await page.getByRole('button', { name: 'Move the collection' }).click()
  await page.getByRole('alert').getByText('Choose a version').waitFor()
  await page.getByLabel('Version 3').check()
  await page.getByRole('button', { name: 'Move the collection' }).click()
  await page.getByRole('alert').getByText('Version 3 is more than a correction').waitFor()
  await expectAccessible(page, 'moving a collection, refused')
  expect(requireCollection(db, collection.id).version).toBe(1)
  await page.getByLabel('Version 2').check()
  await page.getByRole('button', { name: 'Move the collection' }).click()
  await page.getByText('version 2. ').waitFor()
  expect(requireCollection(db, collection.id).version).toBe(2)
  await leave()
})
