import { expect, it } from 'vitest'
import { testApp } from '../app.ts'
import { openPersonalCollection } from '../factories.ts'

const notice = 'Synthetic data: <made up> for demonstration.'
const shown = 'Synthetic data: &lt;made up&gt; for demonstration.'

it('says the collection’s notice on every page of a response', async () => {
  const app = testApp()
  const { token } = openPersonalCollection(app, { notice }).invitations[0]!
  const link = `/r/${token}`
  const paths = [link, `${link}/pages/your_service`, `${link}/check`, `${link}/decline`]
  for (const path of paths) expect((await app.request.get(path)).text, path).toContain(shown)

  await app.request
    .post(`${link}/submit`)
    .send({ answers: { service_type: 'nursing_home' } })
    .expect(200)
  expect((await app.request.get(link)).text).toContain(shown)
  expect((await app.request.get(`${link}/withdraw`)).text).toContain(shown)
})

it('says nothing where a collection has no notice', async () => {
  const app = testApp()
  const { token } = openPersonalCollection(app).invitations[0]!
  expect((await app.request.get(`/r/${token}`)).text).not.toContain('app-notice')
})
