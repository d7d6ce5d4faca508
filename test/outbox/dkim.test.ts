import { createHash, generateKeyPairSync, verify } from 'node:crypto'
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { createMailer } from '../../server/outbox/mailer.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const mail = {
  from: 'Surveys – Review <surveys@example.org>',
  to: 'siân@example.org',
  returnPath: 'bounce+x@example.org',
  subject: `Tŷ Gwyn ${'and a long name '.repeat(8)}`,
  text: 'One\n\nTwo  \n',
  html: '<p>One – two</p>',
  messageId: 'abc@example.org',
  headers: {
    'List-Unsubscribe': `<https://local-system-review-surveys.example.org/u/${'a'.repeat(20)}.${'b'.repeat(16)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'Auto-Submitted': 'auto-generated',
  },
}

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dkim-'))
})
const configure = (content: unknown) =>
  writeFile(join(dataDir, 'dkim.json'), typeof content === 'string' ? content : JSON.stringify(content))
async function written(): Promise<string> {
  await createMailer({ dataDir, smtpUrl: undefined }).send(mail)
  const [file] = await readdir(join(dataDir, 'outbox'))
  return readFile(join(dataDir, 'outbox', file!), 'latin1')
}

const relaxedHeader = (line: string) => {
  const [name = '', ...value] = line.split(':')
  return `${name.toLowerCase().trim()}:${value
    .join(':')
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()}`
}
const relaxedBody = (body: string) =>
  `${body
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
    .join('\r\n')
    .replace(/(\r\n)*$/, '')}\r\n`

/** RFC 6376, rsa-sha256 with relaxed/relaxed, written for this test alone. */
function checkSignature(raw: string) {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  const lines = head.split(/\r\n(?![ \t])/)
  const signature = lines.find((line) => /^dkim-signature:/i.test(line)) ?? ''
  const tags = Object.fromEntries(
    signature
      .replace(/^[^:]*:/, '')
      .split(';')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '')
      .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1).replace(/\s/g, '')]),
  )
  const signed = (tags['h'] ?? '').split(':')
  const found = signed.map((name) => lines.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)))
  const unsigned = relaxedHeader(signature.replace(/(;\s*b=)[^;]*/, '$1'))
  const data = [...found.flatMap((line) => (line === undefined ? [] : [relaxedHeader(line)])), unsigned].join('\r\n')
  const bodyHash = createHash('sha256').update(relaxedBody(body), 'latin1').digest('base64')
  const right = verify('sha256', Buffer.from(data, 'latin1'), publicKey, Buffer.from(tags['b'] ?? '', 'base64'))
  return { tags, signed: signed.map((name) => name.toLowerCase()), bodyRight: bodyHash === tags['bh'], right }
}

describe('with a key in DATA_DIR/dkim.json', () => {
  test('a message is signed, and the signature covers what unsubscribing rests on', async () => {
    await configure({ domain: 'example.org', selector: 'survey1', privateKey: pem })
    const raw = await written()
    const { tags, signed, bodyRight, right } = checkSignature(raw)
    expect(tags).toMatchObject({ a: 'rsa-sha256', d: 'example.org', s: 'survey1', c: 'relaxed/relaxed' })
    expect(signed).toEqual(
      expect.arrayContaining(['from', 'to', 'subject', 'message-id', 'list-unsubscribe', 'list-unsubscribe-post']),
    )
    expect([bodyRight, right]).toEqual([true, true])
    expect(checkSignature(raw.replace('One-Click', 'No-Click')).right).toBe(false)
    // At the beginning of a line: the signature is random letters, and may hold these three.
    expect(checkSignature(raw.replace('\r\nTwo', '\r\nSix')).bodyRight).toBe(false)
  })

  test.each<[string, unknown, RegExp]>([
    ['no JSON', '{ domain:', /is not JSON/],
    ['no key', { domain: 'example.org', selector: 's' }, /privateKey/],
    ['a public key', { domain: 'example.org', selector: 's', privateKey: 'x' }, /RSA private key/],
    ['a domain that is none', { domain: 'x\r\ny', selector: 's', privateKey: pem }, /domain: must be a domain/],
    [
      'a selector that is none',
      { domain: 'example.org', selector: 's;x', privateKey: pem },
      /selector: must be a name/,
    ],
    ['an unknown setting', { domain: 'example.org', selector: 's', privateKey: pem, key: 1 }, /key/],
  ])('%s stops the start with words that say so', async (_words, content, message) => {
    await configure(content)
    expect(() => createMailer({ dataDir, smtpUrl: undefined })).toThrow(message)
  })
})

test('without a key nothing is signed; headers of ours are on one line, the return path first', async () => {
  const raw = await written()
  expect(raw).not.toMatch(/dkim-signature/i)
  expect(raw.split('\r\n')[0]).toBe('Return-Path: <bounce+x@example.org>')
  for (const [name, value] of Object.entries(mail.headers)) expect(raw).toContain(`\r\n${name}: ${value}\r\n`)
})
