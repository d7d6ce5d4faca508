import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { listCollectionsWithResults } from '../../server/results/queries/published.ts'
import { prepareResults } from '../../server/results/worker.ts'
import { testApp } from '../app.ts'
import { openCascadeCollection, releaseResults } from '../factories.ts'

it('prepares the collections whose results can be read, the last released first, and stops when the database closes', async () => {
  const app = testApp()
  const ids = ['First', 'Second', 'Third'].map(
    (name) => openCascadeCollection(app, { name, questionSet: 'relational-audit' }).collection.id,
  )
  const [first, second] = ids as [string, string, string]
  releaseResults(app, first)
  app.time.now = new Date(app.time.now.getTime() + 60_000)
  releaseResults(app, second)
  expect(listCollectionsWithResults(app.db)).toEqual([second, first])

  prepareResults(app.context)
  await nextTurn()
  app.db.$client.close()
  await nextTurn()
})
