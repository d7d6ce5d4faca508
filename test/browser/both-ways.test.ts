import { describe, expect, test } from 'vitest'
import { openCascadeCollection, openPersonalCollection } from '../factories.ts'
import { answerPages, chooseAnswers, startAnswering, submit } from './questionnaire.ts'
import { browser, site } from './running-site.ts'
import { questionsOf, storedAt, storedOf } from './stored.ts'
import { openVisitor } from './visitor.ts'

const ways = [
  { name: 'with JavaScript', first: true, second: true },
  { name: 'without JavaScript', first: false, second: false },
  { name: 'begun with JavaScript and finished without', first: true, second: false },
  { name: 'begun without JavaScript and finished with it', first: false, second: true },
]

describe('the discharge information flow stores what was chosen', () => {
  const gates = { older_people_discharged: 'yes', trusted_assessor_used: 'yes' }

  test.each(ways)('$name', async ({ first, second }) => {
    const { app, address } = site
    const { invitations } = openPersonalCollection(app, { services: 1 })
    const { invitation, token } = invitations[0]!
    const questions = questionsOf(app, 'discharge-information-flow')
    const answers = chooseAnswers(questions, gates)

    const beginning = await openVisitor(browser, { javaScript: first })
    await startAnswering(beginning, `${address}/r/${token}`)
    await answerPages(beginning, questions, answers, { to: 5 })
    await beginning.leave()
    const end = await openVisitor(browser, { javaScript: second })
    await startAnswering(end, `${address}/r/${token}`)
    await answerPages(end, questions, answers, { from: 5 })
    expect(await submit(end)).toMatch(/\S{6,}/)
    await end.leave()

    expect(storedOf(app, invitation.id)).toEqual(answers)
  })
})

describe('the relational audit stores what was chosen', () => {
  test.each(ways)('$name', async ({ first, second }) => {
    const { app, address } = site
    const { links } = openCascadeCollection(app)
    const questions = questionsOf(app, 'relational-audit')
    const answers = chooseAnswers(questions, {})

    const beginning = await openVisitor(browser, { javaScript: first })
    await startAnswering(beginning, `${address}/c/${links[0]!.token}`)
    await answerPages(beginning, questions, answers, { to: 2 })
    const personal = beginning.page.url().replace(/\/pages\/.*/, '')
    expect(personal).toContain(`${address}/r/`)
    await beginning.leave()
    const end = await openVisitor(browser, { javaScript: second })
    await startAnswering(end, personal)
    await answerPages(end, questions, answers, { from: 2 })
    await submit(end)
    await end.leave()

    expect(storedAt(app, personal)).toEqual(answers)
  })
})

test('a way that skips pages is the same with JavaScript and without', async () => {
  const { app, address } = site
  const { invitations } = openPersonalCollection(app, { services: 2 })
  const questions = questionsOf(app, 'discharge-information-flow')
  const answers = chooseAnswers(questions, { older_people_discharged: 'no' })
  expect(Object.keys(answers)).toEqual([
    'service_type',
    'older_people_discharged',
    'sends_information',
    'works_well',
    'should_change',
  ])
  for (const [index, javaScript] of [true, false].entries()) {
    const visitor = await openVisitor(browser, { javaScript })
    await startAnswering(visitor, `${address}/r/${invitations[index]!.token}`)
    await answerPages(visitor, questions, answers)
    await submit(visitor)
    await visitor.leave()
    expect(storedOf(app, invitations[index]!.invitation.id)).toEqual(answers)
  }
})
