import decodeQR from 'qr/decode.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { severCollection } from '../../server/retention/queries.ts'
import { saveCoordinators } from '../../server/cascade/queries/coordinators.ts'
import { queueCoordinatorMessages, listCoordinatedLinks } from '../../server/cascade/queries/coordinator-messages.ts'
import { presentLink } from '../../server/cascade/rules/present-link.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { openCascadeCollection, submitResponse } from '../factories.ts'
import { readForm, sendForm } from '../responses/form.ts'
import { changeCascadeLinks, storedCascadeLinks } from '../stored/collections.ts'
import { everythingStored } from '../stored/everything.ts'

let app: TestApp
beforeEach(() => void (app = testApp()))

const row = { row: 2, system: 'trafford', organisation: 'Age Well', sector: '', name: 'Ann', email: 'ann@example.org' }
const path = (address: string) => new URL(address).pathname
const reachOf = (linkId: string) => storedCascadeLinks(app.db).find(({ id }) => id === linkId)!.declaredReach

function start() {
  const { collection } = openCascadeCollection(app)
  const { tokenKey, config } = app.context
  const who = { actor: 'admin@example.org', now: app.time.now, tokenKey }
  saveCoordinators(app.db, collection.id, [row], who)
  const links = listCoordinatedLinks(app.db, collection.id).map((found) =>
    presentLink(found, { publicUrl: config.publicUrl, tokenKey }),
  )
  const link = links.find(({ organisation }) => organisation === 'Age Well')!
  const answer = (token = path(link.url).slice(3)) =>
    submitResponse(app, { token, answers: { grade: 'other', open_honest: 4 }, shared: true })
  return { collection, link, other: links[0]!, answer, who }
}

describe('a coordinator', () => {
  test('gets a message to forward, with the link and the address of a page of their own', async () => {
    const { collection, link, who } = start()
    queueCoordinatorMessages(app.db, collection.id, who)
    expect(await sendDueMessages(app.context)).toBe(1)
    const [mail] = app.context.mailer.sent
    expect(mail).toMatchObject({ to: 'ann@example.org' })
    for (const words of [link.url, link.coordinatorUrl, 'Age Well', 'pass'])
      for (const part of [mail!.text, mail!.html]) expect(part).toContain(words)
  })

  test('sees a count from the threshold up, of their own link alone', async () => {
    const { link, other, answer } = start()
    for (let index = 0; index < 9; index += 1) await answer()
    await answer(path(other.url).slice(3))
    const page = async () => (await app.request.get(path(link.coordinatorUrl)).expect(200)).text
    expect(await page()).toContain('Fewer than 10 people have answered so far.')
    expect(await page()).not.toMatch(/\b9 people/)
    await answer()
    expect(await page()).toContain('10 people have answered.')
    await app.request.patch(path(link.url) + '/answers').send({ revision: 0, answers: { grade: 'other' } })
    expect(await page()).toContain('10 people have answered.')
  })

  test('says how many people the link was passed to, and can correct it', async () => {
    const { link } = start()
    const form = readForm((await app.request.get(path(link.coordinatorUrl))).text)
    const saved = await sendForm(app, form, { reach: ' 40 ' })
    expect([saved.status, saved.headers['location']]).toEqual([303, `${path(link.coordinatorUrl)}?saved=1`])
    expect((await app.request.get(`${path(link.coordinatorUrl)}?saved=1`)).text).toMatch(
      /Your number is saved[\s\S]*You said: 40/,
    )
    await sendForm(app, form, { reach: '55' })
    expect(reachOf(link.id)).toBe(55)
  })

  test('comes back to the page by the address where a number was refused', async () => {
    const { link } = start()
    const answer = await app.request.get(`${path(link.coordinatorUrl)}/reach`)
    expect([answer.status, answer.headers['location']]).toEqual([303, path(link.coordinatorUrl)])
  })

  test.each(['', '0', '-4', '4.5', 'about 40', '100001', '"><script>'])(
    'is asked again after typing "%s"',
    async (reach) => {
      const { link } = start()
      const form = readForm((await app.request.get(path(link.coordinatorUrl))).text)
      const answer = await sendForm(app, form, { reach })
      expect(answer.status).toBe(400)
      expect(answer.text).toContain('<title>Error: ')
      expect(answer.text).toMatch(/href="#reach">Enter a/)
      expect(answer.text).not.toContain('"><script>')
      expect(reachOf(link.id)).toBeNull()
    },
  )

  test('finds the page dead where the link is withdrawn or the address unknown, and changes nothing by GET or HEAD', async () => {
    const { link } = start()
    const before = app.db.$client.serialize()
    for (const address of [
      link.url,
      link.shortUrl,
      link.posterUrl,
      link.coordinatorUrl,
      `${link.coordinatorUrl}/reach`,
    ])
      await Promise.all([app.request.get(path(address)), app.request.head(path(address))])
    expect(app.db.$client.serialize().equals(before)).toBe(true)
    changeCascadeLinks(app.db, { withdrawnAt: '2026-06-01' }, link.id)
    for (const address of [link.shortUrl, link.posterUrl, link.coordinatorUrl, '/coordinator/x', '/s/x', '/c/x/poster'])
      expect((await app.request.get(address.startsWith('/') ? address : path(address)).expect(404)).text).toContain(
        'This link does not work',
      )
    await app.request
      .post(`${path(link.coordinatorUrl)}/reach`)
      .type('form')
      .send('reach=4')
      .expect(404)
  })
})

test('nothing of a coordinator is left when retention ends', async () => {
  const { collection, link, who } = start()
  queueCoordinatorMessages(app.db, collection.id, who)
  await sendDueMessages(app.context)
  await app.request
    .post(`${path(link.coordinatorUrl)}/reach`)
    .type('form')
    .send('reach=40')
    .expect(303)
  app.time.now = new Date('2027-06-27T00:00:00Z')
  severCollection(app.db, collection.id, { actor: 'command line', now: app.time.now })
  const left = everythingStored(app.db)
  for (const trace of ['ann@example.org', 'Age Well', link.id]) expect(left).not.toContain(trace)
  for (const address of [link.url, link.shortUrl, link.posterUrl, link.coordinatorUrl])
    await app.request.get(path(address)).expect(404)
})

describe('the short address', () => {
  test('leads to the survey, however it is typed', async () => {
    const { link } = start()
    const code = path(link.shortUrl).slice(3)
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
    const sloppy = code.toLowerCase().replace('-', '').replaceAll('0', 'o').replaceAll('1', 'l')
    for (const typed of [code, sloppy, ` ${code.replace('-', ' ')}`]) {
      const answer = await app.request.get(`/s/${encodeURIComponent(typed)}`)
      expect([answer.status, answer.headers['location']]).toEqual([303, path(link.url)])
    }
  })

  test('cannot be guessed: 60 failures stop an address from more of them, and good ones never', async () => {
    const { link } = start()
    for (let index = 0; index < 70; index += 1) await app.request.get(path(link.shortUrl)).expect(303)
    for (let index = 0; index < 60; index += 1) await app.request.get(`/s/GUESS-000${index}`).expect(404)
    for (const address of ['/s/GUESS-AGAIN', '/c/GUESS/poster', '/coordinator/GUESS'])
      await app.request.get(address).expect(429)
    await app.request.get(path(link.shortUrl)).expect(303)
    for (const address of [link.posterUrl, link.coordinatorUrl]) await app.request.get(path(address)).expect(200)
  })

  test('is stored as a hash that needs the key', () => {
    const { link } = start()
    const stored = JSON.stringify(storedCascadeLinks(app.db))
    const code = path(link.shortUrl).slice(3)
    for (const secret of [code, code.replace('-', ''), path(link.coordinatorUrl).slice(13), path(link.url).slice(3)])
      expect(stored).not.toContain(secret)
  })
})

/** Draws the path of a QR code's picture, a module four pixels wide, and reads it. */
function readPoster(page: string): string {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(page)![1])
  const side = size * 4
  const data = new Uint8Array(side * side * 4).fill(255)
  for (const [, x, y] of page.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let dy = 0; dy < 4; dy += 1)
      for (let dx = 0; dx < 4; dx += 1) data.set([0, 0, 0, 255], ((Number(y) * 4 + dy) * side + Number(x) * 4 + dx) * 4)
  return decodeQR({ width: side, height: side, data })
}

test('the poster carries a code that a reader reads as the short address, the same in words, and the last day', async () => {
  const { link } = start()
  const page = (await app.request.get(path(link.posterUrl)).expect(200)).text
  expect(readPoster(page)).toBe(link.shortUrl)
  for (const words of [
    link.shortUrl.replace('http://', ''),
    'Age Well',
    'Trafford',
    'Friday 26 June 2026',
    '5 minutes',
  ])
    expect(page).toContain(words)
  expect(page).not.toContain(path(link.coordinatorUrl))
})
