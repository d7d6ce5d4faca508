import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readReportFile } from '../../server/delivery-reports/import.ts'
import { classifyReport, reportAbout } from '../../server/delivery-reports/rules/classify.ts'
import { matchReport } from '../../server/delivery-reports/rules/match.ts'
import { makeReturnPath } from '../../server/links/return-path.ts'
import { newId } from '../../server/db/ids.ts'
import { failureOf, statusIn } from '../../server/delivery-reports/rules/failure.ts'
import { processorMs } from '../until.ts'

const folder = join(import.meta.dirname, '../fixtures/delivery-reports')
const read = async (text: string) => (await readReportFile(Buffer.from(text)))!
const verdictOf = async (text: string, recipient = 'manager1@example.org') =>
  reportAbout(classifyReport(await read(text)), recipient)

// The last word of a file's name is what it says.
test.each(readdirSync(folder).filter((name) => name.endsWith('.eml')))('%s', async (name) => {
  const text = readFileSync(join(folder, name), 'utf8')
  const expected = /([a-z_]+)\.eml$/.exec(name)![1]
  expect((await verdictOf(text)).verdict).toBe(expected)
  expect((await verdictOf(text.replace(/\r?\n/g, '\r\n'))).verdict).toBe(expected)
})

// As mail programs and gateways hand the same report on.
test.each([
  ['below the line of a mailbox file', (text: string) => `From MAILER-DAEMON Mon Jun  1 10:05:00 2026\n${text}`],
  ['below a blank line', (text: string) => `\r\n${text}`],
  ['below long headers of a filter', (text: string) => `X-Antispam: ${'ab '.repeat(15_000)}\n${text}`],
  [
    'with its fields in base64',
    (text: string) =>
      text.replace(
        /(Content-Type: message\/delivery-status\n)\n([\s\S]*?)(\n--=_b1)/,
        (_whole, header: string, fields: string, end: string) =>
          `${header}Content-Transfer-Encoding: base64\n\n${Buffer.from(fields).toString('base64')}\n${end}`,
      ),
  ],
])('every report is read the same %s', async (_name, handOn) => {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.eml'))) {
    const text = handOn(readFileSync(join(folder, name), 'utf8'))
    expect(`${name}: ${(await verdictOf(text)).verdict}`).toBe(`${name}: ${/([a-z_]+)\.eml$/.exec(name)![1]}`)
  }
})

const elsewhere = 'surveys@example.net'

// Both ways of finding the message, each where the other is lost.
test.each(readdirSync(folder).filter((name) => name.endsWith('.eml')))('%s names its message', async (name) => {
  const key = Buffer.alloc(32, 7)
  const messageId = newId()
  const returnPath = makeReturnPath(key, messageId, 'surveys.example.net')
  const text = readFileSync(join(folder, name), 'utf8')
  const filled = (path: string, id: string) => text.replaceAll('{{returnPath}}', path).replaceAll('{{messageId}}', id)
  if (text.includes('{{returnPath}}'))
    expect(matchReport(await read(filled(returnPath, 'x@y')), key).returnPath).toEqual({ messageId })
  if (text.includes('{{messageId}}'))
    expect(matchReport(await read(filled(elsewhere, 'ours@surveys.example.net')), key)).toEqual({
      returnPath: undefined,
      messageIds: ['ours@surveys.example.net'],
    })
})

test.each([
  ['5.1.1', 'smtp; 550 5.1.1 whatever', undefined],
  ['5.1.8', 'smtp; 550 5.1.8 Sender address rejected: Domain not found', 'policy'],
  ['5.2.1', 'the user you are trying to contact is receiving mail too quickly', 'soft'],
  ['5.0.0', 'smtp; 452 4.2.2 Mailbox full', 'soft'],
  ['5.0.0', 'smtp; 550 Mailbox unavailable or access denied', undefined],
  ['5.5.0', 'smtp; 550 5.5.0 Requested action not taken: mailbox unavailable', 'hard'],
  ['5.0.0', 'smtp; 554 Transaction failed', undefined],
  ['5.0.0', 'smtp; 550 User unknown; blocked by policy', undefined],
  ['5.7.1', 'smtp; 550 5.7.1 User unknown', undefined],
  ['5.7.1', 'smtp; 550 5.7.1 whatever', undefined],
  ['5.7.1', 'smtp; 550 5.7.1 User unknown, or spam', 'policy'],
  ['5.2.3', 'X-Postfix; the mailbox is over quota', undefined],
  ['5.1.8', 'smtp; 550 5.1.8 No such domain', 'policy'],
  ['5.1.1', 'smtp; 550 whatever', undefined],
  ['5.1.1', 'smtp; 550 No such user', 'hard'],
  ['5.2.2', 'smtp; 552 whatever', undefined],
  ['5.2.2', 'smtp; 552 Mailbox full', 'soft'],
  ['5.7.0', 'x-unix; mailbox is full', 'soft'],
  ['5.1.1', 'x-unix; whatever', undefined],
  ['5.7.1', 'smtp; 550 5.7.1 No mailbox found', undefined],
  ['5.7.1', 'smtp; 554 5.7.1 <a@b>: Recipient address rejected: user a@b does not exist', 'hard'],
  ['5.7.1', 'smtp; 554 5.7.1 <a@b>: Recipient address rejected: sender a@c does not exist', undefined],
  ['5.1.1', 'smtp; 550 5.1.1 whatever -> 550 5.7.1 whatever', undefined],
  ['5.1.0', "smtp; 5.1.0 - Unknown address error 550-'whatever'", undefined],
  ['5.1.0', "smtp; 5.1.0 - Unknown address error 550-'5.1.1 whatever'", undefined],
  ['5.1.0', "smtp; 5.1.0 - Unknown address error 550-'5.1.1 User unknown'", 'hard'],
  ['5.1.0', "smtp; 5.1.0 - Unknown address error 550-'5.7.1 User unknown'", undefined],
  ['5.1.1', 'smtp; 550 5.1.1 <a@b>: Recipient address rejected', 'hard'],
  ['5.1.0', 'smtp; 550 #5.1.0 Address rejected.', 'hard'],
  ['5.1.1', 'smtp; 550 5.1.1 <a@b>: Recipient address rejected: whatever', undefined],
  ['5.1.1', 'smtp; 552 5.1.1 <a@b>: Recipient address rejected', undefined],
  ['5.6.1', 'smtp; 554 5.6.1 "Mailbox does not exist" is no attachment for us', undefined],
  ['5.9.9', 'smtp; 550 5.9.9 User unknown', undefined],
  ['5.0.0', `smtp; 550 ${'Who used this address has left us. '.repeat(5)}It is not spam.`, undefined],
  ['5.0.0', 'smtp; 550 See https://example.org/blocked-as-spam', undefined],
  ['5.1.1', 'smtp; 550 5.1.1 Recipient address rejected: mailbox is full', undefined],
  ['5.1.1', 'smtp; 550 5.1.1 User unknown. Sender, please check the address', undefined],
  ['5.1.2', 'smtp; 550 Host unknown', 'hard'],
  ['5.0.0', 'smtp; 550 Host unknown', undefined],
  ['5.0.0', 'Host unknown', 'hard'],
  ['5.2.2', 'smtp; 550 5.2.2 whatever', 'soft'],
  ['5.7.26', 'smtp; 550 5.7.26 whatever', 'policy'],
  ['4.4.1', 'smtp; 451 4.4.1 whatever', 'soft'],
  ['4.2.1', 'smtp; 450 4.2.1 Mailbox disabled', undefined],
  ['4.7.1', 'smtp; 421 4.7.1 whatever', undefined],
  ['4.7.1', 'smtp; 450 4.7.1 Greylisted', 'soft'],
  ['5.4.5', 'said after MAIL FROM:<a@b>: 554 5.4.6 whatever', 'soft'],
  ['4.7.28', 'smtp; 421 4.7.28 temporarily blocked as spam', undefined],
  ['4.0.0', 'smtp; 554 whatever', undefined],
  ['4.0.0', 'smtp; 421 whatever', 'soft'],
  ['4.4.3', 'X-Postfix; Host or domain name not found: Host not found, try again', 'soft'],
  ['5.2.1', 'smtp; 550 5.2.1 This mailbox has been blocked', undefined],
  ['5.4.5', 'smtp; 550 5.4.5 whatever', undefined],
  ['5.7.13', 'smtp; 550 5.7.13 whatever', undefined],
  ['5.7.1', 'smtp; 550 5.7.1 <mx.example.net>: Helo command rejected: Host not found', 'policy'],
  ['5.1.0', 'X-Postfix; Domain example.org does not accept mail (nullMX)', 'hard'],
  [null, 'host mx.example.org said after MAIL FROM: 550 try again later, blocked', undefined],
  ['5.0.0', 'smtp; 550 No mail box available for this user', 'hard'],
  ['5.0.0', 'smtp; 550 mailbox a@b unavailable', 'hard'],
  ['4.7.0', 'smtp; 421 4.7.0 blocked', undefined],
  ['2.0.0', 'user unknown', undefined],
  [null, 'no such user', 'hard'],
  [null, 'all hosts have been failing for a long time and were last tried after this message arrived', 'soft'],
  [null, 'an MX or SRV record indicated no SMTP service', 'hard'],
  ['5.0.0', 'smtp; 550 Administrative prohibition', 'policy'],
  ['5.2.0', 'smtp; 550 5.2.0 Message rejected due to DMARC', 'policy'],
  ['5.0.0', 'smtp; 554 delivery error: dd Requested mail action aborted', undefined],
  ['5.1.1', 'SMTP error from remote mail server after MAIL FROM:<a@b>: 550 5.1.1 User unknown', 'policy'],
  ['5.1.1', 'smtp; 550 5.1.1 blocked by our policy', undefined],
  ['5.1.1', 'smtp; 550 5.1.1 <spam@example.org> User unknown', 'hard'],
  ['5.1.0', 'smtp; 550 5.1.0 User unknown: sender rejected', 'policy'],
  ['5.1.1', 'smtp; 550 5.1.1 Sender address rejected: User unknown', 'policy'],
  ['5.0.0', 'smtp; 550-Verification failed 550-No such user here 550 Sender verify failed', 'policy'],
  ['5.0.0', 'smtp; 550 Your domain does not exist', undefined],
  ['5.0.0', 'smtp; 550 User unknown, check your address book', 'hard'],
  ['5.1.1', 'smtp; 550 5.1.1 Mailbox unavailable, temporarily', undefined],
  ['5.2.1', 'smtp; 550 5.2.1 whatever', undefined],
  ['5.2.1', 'smtp; 550-5.2.1 they are receiving mail at 550-5.2.1 a rate that 550 5.2.1 prevents more', 'soft'],
  ['5.2.122', 'smtp; 550 5.2.122 limit of the hour', 'soft'],
  ['5.2.1', 'smtp; 521 5.2.1 whatever', undefined],
  ['5.0.0', 'smtp; 550 Check the address and try again', undefined],
  ['5.0.350', 'smtp;550 5.0.350 Remote server returned an error -> 550 5.7.1 no', undefined],
] as const)('status %s with "%s" is %s', (status, words, failure) => {
  expect(failureOf(status, words)).toBe(failure)
})

test('a status is read where servers write it, and never out of an IP address', () => {
  expect(statusIn('550 5.1.1 no')).toBe('5.1.1')
  expect(statusIn('550 #5.1.0 Address rejected')).toBe('5.1.0')
  expect(statusIn('no mailbox (#5.1.1)')).toBe('5.1.1')
  expect(statusIn('550-5.1.1.')).toBe('5.1.1')
  expect(statusIn('550: 5.1.1 <a@b>: no')).toBe('5.1.1')
  expect(statusIn('550 5.1.1.7 said so')).toBeUndefined()
  expect(statusIn('host 192.0.2.25 5.1.1')).toBeUndefined()
})

test.each([
  ['a mail server’s reply', 'Notice', 'Your message came back: 550 5.1.1 no'],
  ['a subject in French', 'Message non remis', 'Votre message est revenu.'],
])('what came back from an unknown system is no automatic reply: %s', async (_words, subject, text) => {
  const headers = `From: Mail <mail@example.org>\nSubject: ${subject}\nAuto-Submitted: auto-replied\n\n`
  expect((await verdictOf(headers + text)).verdict).toBe('not_understood')
  const absence = headers.replace(subject, 'I am away until Monday')
  expect((await verdictOf(`${absence}I am away.`)).verdict).toBe('auto_reply')
})

test('words that speak for two things speak for none', () => {
  expect(failureOf(null, 'User unknown')).toBe('hard')
  expect(failureOf(null, 'User unknown: mailbox full')).toBeUndefined()
  expect(failureOf(null, 'Nothing is known')).toBeUndefined()
})

test('two recipients that fare differently, none of them ours, say nothing', async () => {
  const text = readFileSync(join(folder, 'postfix--two-recipients--hard.eml'), 'utf8')
  expect((await verdictOf(text, 'third@example.org')).verdict).toBe('not_understood')
  expect((await verdictOf(text, 'OTHER@example.org')).verdict).toBe('soft')
})

test.each([
  ['nothing', ''],
  ['no e-mail', '\u0000\u0001\u0002 garbage'],
  ['nested beyond measure', nested(300)],
  [
    'a complaint without its part',
    'Content-Type: multipart/report; report-type=feedback-report; boundary=x\n\n--x\n\nFeedback-Type: abuse\n--x--\n',
  ],
  [
    'an open boundary',
    'Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nAction: failed',
  ],
])('%s is not understood, and nothing breaks', async (_name, text) => {
  const file = await readReportFile(Buffer.from(text))
  if (file) expect(reportAbout(classifyReport(file), undefined).verdict).toBe('not_understood')
  else expect(file).toBeUndefined()
})

function nested(levels: number): string {
  let text = 'Content-Type: text/plain\n\nx'
  for (let level = 0; level < levels; level += 1)
    text = `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n${text}\n--b${level}--\n`
  return `From: a@example.org\n${text}`
}

const million = 1_000_000
test.each([
  ['words', `Hi. This is the qmail-send program\n\n<a@b>:\n${'user '.repeat(20_000)}${'a@b '.repeat(20_000)}`],
  ['dashes', `This message was created automatically by mail delivery software.\n${'-'.repeat(million)}`],
  ['blank lines', `Delivery to the following recipient failed permanently:${'\n '.repeat(million)}`],
  ['one long word', `Your message did not reach some or all\n${'a'.repeat(million)}`],
  ['dots', `Your message did not reach some or all\n${'bounce+'.repeat(1000)}${'.'.repeat(million)}`],
  [
    'recipients',
    `This message was created automatically by mail delivery software.\nThis is a permanent error\n${'"a@b":\n'.repeat(200_000)}`,
  ],
  ['expansions', `This is the mail system at host x\n${'(generated from '.repeat(100_000)}`],
  ['brackets', `This is the mail system at host x\n<a@b>: 550 ${'<a@'.repeat(300_000)}`],
  ['addresses', `Delivery has failed to these recipients\n${'@'.repeat(million)}`],
])('%s made to be slow are read in a moment', async (_name, text) => {
  const taken = await processorMs(async () => {
    const file = await read(
      `From: mailer-daemon@example.org\nTo: bounce+${'.'.repeat(50_000)}\nReferences: <${'@'.repeat(50_000)}\n\n${text}`,
    )
    reportAbout(classifyReport(file), 'a@b')
    expect(matchReport(file, Buffer.alloc(32))).toEqual({ returnPath: undefined, messageIds: [] })
  })
  expect(taken).toBeLessThan(2000)
})

test('an address that an alias stands for is the recipient too', async () => {
  const text = readFileSync(join(folder, 'exim--old-plain-text--hard.eml'), 'utf8')
  const aliased = text.replace(
    /^ {2}manager1@example\.org$/m,
    '  other@example.org:\n    (generated from manager1@example.org)',
  )
  const [report] = classifyReport(await read(aliased))
  expect(report).toMatchObject({ verdict: 'hard', recipients: ['other@example.org', 'manager1@example.org'] })
})

describe('whose mailbox a report is about', () => {
  const reports = (...recipients: string[]) => [
    { verdict: 'hard' as const, recipients, status: '5.1.1', diagnostic: null },
  ]
  test.each([
    ['ours, in capitals', 'Manager1@EXAMPLE.org', 'hard'],
    ['ours, at the host of its domain', 'manager1@mail.example.org', 'hard'],
    ['another of the domain', 'manager2@example.org', 'not_understood'],
    ['the same name elsewhere', 'manager1@badexample.org', 'not_understood'],
    ['one that it was passed on to', 'deputy@elsewhere.example', 'not_understood'],
  ])('%s', (_name, named, verdict) => {
    expect(reportAbout(reports(named), 'manager1@example.org').verdict).toBe(verdict)
  })

  test('a domain in letters is the same in the ASCII that mail servers write', () => {
    expect(reportAbout(reports('info@xn--pflege-3ya.example'), 'info@pfläege.example').verdict).toBe('not_understood')
    expect(reportAbout(reports('info@xn--bcher-kva.example'), 'info@bücher.example').verdict).toBe('hard')
  })

  test('nobody named: the message decides; the message not known: the report', () => {
    expect(reportAbout(reports(), 'manager1@example.org').verdict).toBe('hard')
    expect(reportAbout(reports('deputy@elsewhere.example'), undefined).verdict).toBe('hard')
  })
})
