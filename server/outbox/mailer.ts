import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Config } from '../config.ts'
import type { Mail, Mailer } from '../context.ts'
import { readDkimKey, type DkimKey } from './import.ts'
import { oneLine } from './rules/mail-parts.ts'

/** SMTP where `SMTP_URL` is set, otherwise `.eml` files in `DATA_DIR/outbox`; signed where `DATA_DIR/dkim.json` holds a key. Milliseconds that a server may take to answer a connection, and be silent in one. Throws where that file is wrong. */
export function createMailer(
  config: Pick<Config, 'smtpUrl' | 'dataDir'>,
  { answerMs = 20_000, silenceMs = 60_000 }: { answerMs?: number; silenceMs?: number } = {},
): Mailer {
  const dkim = readDkimKey(config.dataDir)
  return config.smtpUrl
    ? smtpMailer(config.smtpUrl, { dkim, answerMs, silenceMs })
    : folderMailer(outboxFolder(config.dataDir), dkim)
}

// As an object an address is one address, whatever characters it holds.
const nodemailerMessage = ({ returnPath, ...mail }: Mail) => ({
  ...mail,
  to: { name: '', address: mail.to },
  envelope: { from: returnPath, to: [mail.to] },
  messageId: `<${mail.messageId}>`,
  headers: Object.fromEntries(Object.entries(mail.headers).map(([name, value]) => [name, unfolded(value)])),
  disableFileAccess: true,
  disableUrlAccess: true,
})

// Folded headers have broken signatures; ours are short and ASCII.
const unfolded = (value: string) => ({ prepared: true, value: oneLine(value) })

const outboxFolder = (dataDir: string) => join(dataDir, 'outbox')
const fileName = (messageId: string) => `${messageId.replace(/[^a-z0-9.-]/gi, '_')}.eml`

/** Deletes messages that were written to `DATA_DIR/outbox`, where there are any. */
export async function removeOutboxFiles(dataDir: string, messageIds: readonly string[]): Promise<void> {
  for (const messageId of messageIds) await rm(join(outboxFolder(dataDir), fileName(messageId)), { force: true })
}

function smtpMailer(
  url: string,
  { dkim, answerMs, silenceMs }: { dkim: DkimKey | undefined; answerMs: number; silenceMs: number },
): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    connectionTimeout: answerMs,
    greetingTimeout: answerMs,
    socketTimeout: silenceMs,
    ...(dkim ? { dkim } : {}),
  })
  return {
    send: async (mail) => (await transport.sendMail(nodemailerMessage(mail))).response,
    close: () => transport.close(),
  }
}

function folderMailer(folder: string, dkim: DkimKey | undefined): Mailer {
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    ...(dkim ? { dkim } : {}),
  })
  return {
    send: async (mail) => {
      const { message } = await transport.sendMail(nodemailerMessage(mail))
      await mkdir(folder, { recursive: true })
      const name = fileName(mail.messageId)
      // The envelope's sender stands first, where a mail server puts it on arrival.
      const whole = Buffer.concat([Buffer.from(`Return-Path: <${mail.returnPath}>\r\n`), message as Buffer])
      // Written aside first: whoever watches the folder never sees half a message.
      await writeFile(join(folder, `.${name}`), whole)
      await rename(join(folder, `.${name}`), join(folder, name))
      return `written to ${name}`
    },
    close: () => transport.close(),
  }
}
