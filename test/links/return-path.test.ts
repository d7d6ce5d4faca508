import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { newId } from '../../server/db/ids.ts'
import { faultOfAddress, hostOfAddress } from '../../server/outbox/rules/mail-address.ts'
import { makeReturnPath, readReturnPath } from '../../server/links/return-path.ts'

describe('a return path', () => {
  const key = randomBytes(32)
  const id = newId()
  const address = makeReturnPath(key, id, 'example.org')

  test('names its message, also where a server changed its case or put brackets around it', () => {
    expect(address).toMatch(/^bounce\+[a-z0-9]{20}\.[0-9a-f]{12}@example\.org$/)
    expect(address.split('@')[0]!.length).toBeLessThanOrEqual(64)
    for (const seen of [
      address,
      address.toUpperCase(),
      `<${address}>`,
      ` ${address} `,
      address.replace('example.org', 'relay.example'),
    ])
      expect(readReturnPath(key, seen.replace(/>$/, ''))).toEqual({ messageId: id })
  })

  test('of another message, another key or an altered seal is forged; another address is none', () => {
    expect(readReturnPath(key, address.replace(id, newId()))).toBe('forged')
    expect(readReturnPath(randomBytes(32), address)).toBe('forged')
    expect(
      readReturnPath(
        key,
        address.replace(/.@/, (last) => (last === '0@' ? '1@' : '0@')),
      ),
    ).toBe('forged')
    for (const other of ['surveys@example.org', 'bounce@example.org', `bounce+${id}@example.org`, '', `x${address}`])
      expect(readReturnPath(key, other)).toBeUndefined()
  })

  test.each([
    ['Local system review surveys <surveys@localhost>', 'localhost'],
    ['surveys@example.org', 'example.org'],
    ['"A, B" <a@b.example>', 'b.example'],
  ])('stands at the host of %s', (from, host) => expect(hostOfAddress(from)).toBe(host))
})

describe('an address', () => {
  test.each([
    'a@example.org',
    "o'brien+x@example.org",
    'siân@example.org',
    'info@größe.example',
    '用户@例子.公司',
    'a@пример.xn--p1ai',
    'A.B-c_d@sub.example.co.uk',
  ])('%s can be written to', (address) => expect(faultOfAddress(address)).toBeUndefined())
  test.each([
    ['a@example.org\r\nBcc: b@example.org', 'line break'],
    ['a@example.org\n', 'line break'],
    ['a\u2028@example.org', 'line break'],
    ['a\u0000@example.org', 'control character'],
    ['"a"@example.org', 'quotation mark'],
    ['a b@example.org', 'space'],
    ['A <a@example.org>', 'brackets'],
    ['a@example.org,b@example.org', 'comma'],
    ['a@b@example.org', 'not an email address'],
    ['@example.org', 'not an email address'],
    ['', 'not an email address'],
    ['a@localhost', 'ends in "localhost", without a dot'],
    ['siân@größe', 'ends in "größe", without a dot'],
    ['a@example..org', 'not an email address'],
    ['a@example.org.', 'not an email address'],
    ['a@-example.org', 'not an email address'],
    ['a@192.0.2.1', 'not an email address'],
    [`${'a'.repeat(250)}@example.org`, 'not an email address'],
  ])('%j is refused in plain words', (address, words) => expect(faultOfAddress(address)).toContain(words))
})
