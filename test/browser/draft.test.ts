import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { getPublishedVersion } from '../../server/question-sets/queries/versions.ts'
import type { QuestionSet } from '../../surveys/question-set.ts'
import { expectAccessible } from './accessible.ts'
import { browser, site } from './running-site.ts'
import { openConsole } from './staff.ts'

test('an admin takes a set out as a file, changes it, reads what differs, says what that means, and publishes it', async () => {
  const { db } = site.app
  const { page, leave } = await openConsole(browser, site)
  const first = getPublishedVersion(db, 'relational-audit')!

  await page.goto(`${site.address}/console/question-sets/relational-audit/1`)
  await page.getByRole('button', { name: 'Change it in a draft' }).click()
  await page.getByRole('heading', { name: 'Working together', level: 1 }).waitFor()
  await page.getByText('Nothing differs from version 1.').waitFor()
  await expectAccessible(page, 'a draft without changes')

  const folder = await mkdtemp(join(tmpdir(), 'footbridge-draft-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the draft as a file (JSON)' }).click(),
  ])
  const taken = JSON.parse(await readFile(await download.path(), 'utf8')) as QuestionSet
  expect({ questions: taken.questions, plan: taken.plan }).toEqual({ questions: first.questions, plan: first.plan })
  const handIn = async (text: string) => {
    const file = join(folder, 'set.json')
    await writeFile(file, text)
    await page.getByLabel('File of a question set').setInputFiles(file)
    await page.getByRole('button', { name: 'Put it in the place of the draft' }).click()
  }

  await handIn('{ "questions":')
  await page.getByRole('alert').getByText('The file cannot be taken, and the draft is as it was.').waitFor()
  await expectAccessible(page, 'a draft, a wrong file')

  const changed = structuredClone(taken)
  const questions = changed.questions.pages.flatMap(({ elements }) => elements)
  const slip = questions[1]!.title!
  questions[1]!.title = `x${slip}`
  await handIn(JSON.stringify(changed))
  const onWording = page.getByLabel('Wording: can results be compared with version 1?')
  await onWording.waitFor()
  const respelt = page.getByRole('group', { name: 'Which of these correct the spelling, and nothing more?' })
  await respelt.getByText(`“${slip}” became “x${slip}”`).waitFor()
  await expectAccessible(page, 'a draft with a text that may be a correction')
  await respelt.getByRole('checkbox').check()
  await onWording.waitFor({ state: 'detached' })

  questions[0]!.title = 'What is your job?'
  await handIn(JSON.stringify({ ...changed, plan: { ...changed.plan, leadIndicator: 'nowhere' } }))
  await page.getByText('The draft now holds what the file holds.').waitFor()
  expect(await page.getByRole('button', { name: 'Publish' }).count()).toBe(0)
  await expectAccessible(page, 'a draft with something missing')

  await handIn(JSON.stringify(changed))
  await page.getByRole('table', { name: 'Wording' }).getByText('What is your job?').waitFor()
  await expectAccessible(page, 'a draft to publish')
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('alert').getByText('Say whether results can be compared').waitFor()
  await respelt.getByRole('checkbox').check()
  await onWording.fill('Yes: only the title of one question changed.')
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Version 2', { exact: true }).waitFor()

  const second = getPublishedVersion(db, 'relational-audit')!
  expect(second.version).toBe(2)
  expect(second.questions).toEqual(changed.questions)
  expect(second.changes?.map((change) => [change.class, change.declaredBy])).toEqual([
    ['wording', undefined],
    ['correction', 'admin@example.org'],
  ])
  expect(getPublishedVersion(db, 'discharge-information-flow')?.version).toBe(1)
  await leave()
})
