import { beforeEach, describe, expect, test } from 'vitest'
import { checkTemplate } from '../../server/message-templates/rules/check-template.ts'
import {
  fieldMeanings,
  kindFields,
  templateKinds,
  type Fields,
} from '../../server/message-templates/rules/template-fields.ts'
import { renderMessage } from '../../server/message-templates/templates/render-message.ts'
import { shippedTemplates } from '../../server/message-templates/templates/shipped.ts'
import { sendDueMessages } from '../../server/mail.ts'
import { testApp, type TestApp } from '../app.ts'
import { openPersonalCollection, signIn } from '../factories.ts'
import { storedMessages, storedMessageTemplates } from '../stored/messages.ts'

const fields = Object.fromEntries(
  Object.keys(fieldMeanings).map((name) => [name, name.endsWith('link') ? `https://s.example/${name}` : `<${name}>`]),
) as Fields

describe('the shipped words', () => {
  test.each(templateKinds)('of %s have no fault, fill every field, and say the same in both parts', (kind) => {
    expect(checkTemplate(kind, shippedTemplates[kind])).toEqual([])
    const { subject, text, html } = renderMessage(kind, fields)
    for (const part of [subject, text, html]) expect(part).not.toMatch(/\{\{|\}\}|undefined/)
    for (const name of kindFields[kind].required) {
      expect(text).toContain(`https://s.example/${name}`)
      expect(html).toContain(`href="https://s.example/${name}"`)
    }
    const words = (part: string) => part.replace(/[^A-Za-z]+/g, '').toLowerCase()
    const plain = html
      .replace(/<style.*?<\/style>|<title>.*?<\/title>|<[^>]*>/gs, ' ')
      .replace(/&(lt|gt|quot|#39);/g, ' ')
    const inHtml = words(plain.replace(/If the button does not work, copy this address:/g, ''))
    expect(inHtml).toBe(words(text.replace(/^- /gm, '')))
  })
})

describe('what a message is made of', () => {
  const body = `# For {{service}}

First line
second line of {{service}}.

- one
- two of {{system}}

[Answer]({{link}})

See {{privacy_link}} for more.`

  test('headings, paragraphs, lists, buttons and addresses, from one source', () => {
    const { text, html } = renderMessage(
      'invitation',
      { ...fields, service: 'Elm' },
      { template: { subject: 's', body } },
    )
    expect(text).toBe(
      'FOR ELM\n\nFirst line second line of Elm.\n\n- one\n- two of <system>\n\nAnswer:\nhttps://s.example/link\n\nSee https://s.example/privacy_link for more.\n',
    )
    expect(html).toContain('<li>two of &lt;system&gt;</li>')
    expect(html).toContain('>Answer</a>')
    expect(html).toContain('See <a href="https://s.example/privacy_link"')
  })

  test('a value is text whatever it holds: no field, heading, list, button, markup or further header', () => {
    const service = '# - {{link}}\r\nBcc: all@example.org\u2028[x]({{link}}) <script>'
    const { subject, text, html } = renderMessage(
      'invitation',
      { ...fields, service },
      { template: { subject: 'About {{service}}', body: '{{service}}\n\n- {{service}}' } },
    )
    expect(subject).toBe('About # - {{link}} Bcc: all@example.org [x]({{link}}) <script>')
    expect(text).not.toContain('s.example')
    expect(html).not.toMatch(/<script|<h2|href/)
  })

  test('a block whose address this recipient does not have is left out', () => {
    const template = { subject: 's', body: 'Before\n\nYour page: {{progress_link}}\n\nAfter' }
    expect(renderMessage('coordinator', {}, { template }).text).toBe('Before\n\nAfter\n')
  })
})

describe('the check of words', () => {
  const good = { subject: 'Hello', body: '[Go]({{link}})\n\n{{decline_link}}' }
  test.each<[string, Partial<typeof good>, string, string]>([
    [
      'a field that is not closed',
      { body: `${good.body}\n{{service` },
      'body',
      'opened with {{ and not closed with }}: line 4',
    ],
    ['a field closed by one bracket', { body: `${good.body}\n{{service}` }, 'body', 'not closed'],
    [
      'a field that is not opened',
      { body: `${good.body}\nservice}}` },
      'body',
      'There is }} without {{ before it: line 4',
    ],
    ['a field over two lines', { body: `${good.body}\n{{ser\nvice}}` }, 'body', 'not closed'],
    ['a field inside another', { body: `${good.body}\n{{a {{service}} b}}` }, 'body', 'not closed'],
    [
      'a field that does not exist',
      { body: `${good.body}\n{{servcie}}` },
      'body',
      '{{servcie}} is no field of this message',
    ],
    ['a name that is none', { body: `${good.body}\n{{Service Name}}` }, 'body', 'a name in lower case'],
    ['a field of another kind', { body: `${good.body}\n{{progress_link}}` }, 'body', '{{progress_link}} is no field'],
    ['no link', { body: '{{decline_link}}' }, 'body', 'The link to the questionnaire is missing'],
    ['no way to decline', { body: '{{link}}' }, 'body', 'A way to decline is missing'],
    [
      'a button in the middle of words',
      { body: `Press [Go]({{link}}) now. {{decline_link}}` },
      'body',
      'paragraph of its own',
    ],
    ['a button without an address', { body: `${good.body}\n\n[Go]({{service}})` }, 'body', 'needs an address'],
    ['an empty body', { body: ' \n ' }, 'body', 'Enter the message'],
    ['a body without end', { body: `${good.body}${'x'.repeat(20_000)}` }, 'body', '20000 characters or fewer'],
    ['an empty subject', { subject: ' ' }, 'subject', 'Enter a subject'],
    ['a subject of two lines', { subject: 'Hello\r\nBcc: all@example.org' }, 'subject', 'one line'],
    ['an address in the subject', { subject: '{{link}}' }, 'subject', 'cannot hold an address'],
    ['an open field in the subject', { subject: '{{service' }, 'subject', 'not closed'],
  ])('names %s', (_words, change, place, message) => {
    const faults = checkTemplate('invitation', { ...good, ...change })
    expect(faults.map((fault) => `${fault.place}: ${fault.message}`).join('\n')).toContain(message)
    expect(faults.map((fault) => fault.place)).toContain(place)
  })

  test('passes words that are right', () => {
    expect(checkTemplate('invitation', good)).toEqual([])
    expect(checkTemplate('thank_you', { subject: 'Thank you', body: 'Thank you, {{ contact_name }}.' })).toEqual([])
  })
})

describe('through the API', () => {
  let app: TestApp
  let base: string
  let opened: ReturnType<typeof openPersonalCollection>
  beforeEach(() => {
    app = testApp()
    opened = openPersonalCollection(app, { services: [{ name: 'Ash' }, { name: 'Elm', contactName: 'Siân' }] })
    base = `/api/collections/${opened.collection.id}/templates`
  })
  const words = {
    subject: 'About {{service}}',
    body: 'Dear {{contact_name}},\n\n[Go]({{link}})\n\nNo: {{decline_link}}',
    revision: 0,
  }
  const inviteAll = async (admin: ReturnType<typeof signIn>) => {
    const { collection } = opened
    await admin.post(`/api/collections/${collection.id}/invitations`).send({ dryRun: false }).expect(200)
    await sendDueMessages(app.context)
    return app.context.mailer.sent
  }

  test('an admin saves words of their own, and the next invitations are made of them', async () => {
    const admin = signIn(app, 'admin')
    const saved = await admin.put(`${base}/invitation`).send(words).expect(200)
    expect(saved.body).toMatchObject({ revision: 1, updatedBy: 'admin@example.org', faults: [] })
    const sent = await inviteAll(admin)
    expect(sent.map(({ subject }) => subject).sort()).toEqual(['About Ash', 'About Elm'])
    const mail = sent.find(({ subject }) => subject === 'About Elm')!
    expect(mail.text).toContain('Dear Siân,')
    expect(mail.text).toContain(`/r/${opened.invitations[1]!.token}/decline`)
    const listed = await admin.get(base).expect(200)
    expect(listed.body).toMatchObject({ templates: expect.arrayContaining([{ ...saved.body }]) as unknown })
    await admin.post(`${base}/invitation/restore`).send({ revision: 1 }).expect(200)
    const restored = (await admin.get(base)).body as {
      templates: { kind: string; revision: number; subject: string }[]
    }
    expect(restored.templates.find(({ kind }) => kind === 'invitation')).toMatchObject({
      revision: 0,
      subject: shippedTemplates.invitation.subject,
    })
  })

  test('words with faults are refused with every fault, and change nothing', async () => {
    const admin = signIn(app, 'admin')
    const refused = await admin
      .put(`${base}/invitation`)
      .send({ ...words, body: 'Dear {{contact' })
      .expect(400)
    const { error } = refused.body as { error: { code: string; message: string; details: unknown[] } }
    expect(error.code).toBe('template_faults')
    expect(error.message).toContain('not closed')
    expect(error.details).toHaveLength(3)
    expect((await inviteAll(admin))[0]!.subject).toContain('please answer')
  })

  test('two admins do not overwrite one another', async () => {
    const admin = signIn(app, 'admin')
    await admin.put(`${base}/reminder`).send(words).expect(200)
    const second = await admin.put(`${base}/reminder`).send(words).expect(409)
    expect(second.body).toMatchObject({ error: { code: 'changed_elsewhere' } })
    await admin.post(`${base}/reminder/restore`).send({ revision: 0 }).expect(409)
  })

  test('a preview shows a real recipient unsaved words, holds nobody’s link, and stores nothing', async () => {
    const admin = signIn(app, 'admin')
    const { service, token } = opened.invitations[1]!
    const draft = { subject: 'Draft {{service}}', body: 'To {{contact_name}} {{link}} {{oops' }
    const preview = await admin
      .post(`${base}/invitation/preview`)
      .send({ ...draft, locationId: service.locationId })
      .expect(200)
    expect(preview.body).toMatchObject({
      subject: 'Draft Elm',
      recipient: { service: 'Elm', name: 'Siân', email: service.contactEmail },
    })
    const { text, faults } = preview.body as { text: string; faults: unknown[] }
    expect(text).toContain('To Siân http://127.0.0.1:3000/r/example-link')
    expect(faults).toHaveLength(2)
    expect(JSON.stringify(preview.body)).not.toContain(token)
    const other = await admin.post(`${base}/coordinator/preview`).send({}).expect(200)
    expect(other.body).toMatchObject({ recipient: null, faults: [] })
    await admin.post(`${base}/invitation/preview`).send({ locationId: '1-0' }).expect(404)
    expect(storedMessageTemplates(app.db)).toEqual([])
    expect(storedMessages(app.db)).toEqual([])
  })

  test.each(templateKinds)('a test of %s goes to who asks, marked, and its links open nothing', async (kind) => {
    const admin = signIn(app, 'admin')
    expect((await admin.post(`${base}/${kind}/test`).send({}).expect(201)).body).toEqual({ to: 'admin@example.org' })
    await sendDueMessages(app.context)
    const [mail, ...more] = app.context.mailer.sent
    expect(more).toEqual([])
    expect(mail).toMatchObject({ to: 'admin@example.org' })
    expect(mail!.subject).toMatch(/^\[Test\] /)
    for (const { token } of opened.invitations) expect(mail!.text + mail!.html).not.toContain(token)
    for (const [, path] of mail!.text.matchAll(/http:\/\/127\.0\.0\.1:3000(\/[rcu]\/\S+)/g))
      await app.request.get(path!).set('Accept', 'text/html').expect(404)
  })

  test.each([
    ['a\r\nBcc: b@example.org', 'line break'],
    ['"a b"@example.org', 'quotation mark'],
    ['a@example.org, b@example.org', 'comma'],
    ['nobody', 'not an email address'],
  ])('a test to %j is refused in plain words', async (to, message) => {
    const refused = await signIn(app, 'admin').post(`${base}/invitation/test`).send({ to }).expect(400)
    expect(refused.body).toMatchObject({
      error: { code: 'invalid_address', message: expect.stringContaining(message) as string },
    })
  })

  test('only admins, only known kinds and collections', async () => {
    const admin = signIn(app, 'admin')
    await app.request.get(base).expect(401)
    for (const role of ['reviewer', 'analyst'] as const) {
      await signIn(app, role).get(base).expect(403)
      await signIn(app, role).put(`${base}/invitation`).send(words).expect(403)
      await signIn(app, role).post(`${base}/invitation/test`).send({}).expect(403)
    }
    await admin.put(`${base}/sign_in`).send(words).expect(400)
    await admin.put(`${base}/invitation`).send({ subject: 1 }).expect(400)
    await admin.get('/api/collections/none/templates').expect(404)
    await admin.post('/api/collections/none/templates/invitation/preview').send({}).expect(404)
  })
})
