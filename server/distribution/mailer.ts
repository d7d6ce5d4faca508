import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Config } from '../config.ts'

export interface Mail {
  from: string
  to: string
  subject: string
  text: string
  html: string
  /** Without angle brackets. */
  messageId: string
  headers: Record<string, string>
}

export interface Mailer {
  /** Resolves with the server's reply once the message is handed over; rejects where it was not. */
  send(mail: Mail): Promise<string>
  close(): void
}

/** SMTP where `SMTP_URL` is set, otherwise `.eml` files in `DATA_DIR/outbox`. */
export function createMailer(config: Pick<Config, 'smtpUrl' | 'dataDir'>): Mailer {
  return config.smtpUrl ? smtpMailer(config.smtpUrl) : folderMailer(outboxFolder(config.dataDir))
}

// As an object an address is one address, whatever characters it holds.
const nodemailerMessage = (mail: Mail) => ({
  ...mail,
  to: { name: '', address: mail.to },
  messageId: `<${mail.messageId}>`,
  disableFileAccess: true,
  disableUrlAccess: true,
})

const outboxFolder = (dataDir: string) => join(dataDir, 'outbox')
const fileName = (messageId: string) => `${messageId.replace(/[^a-z0-9.-]/gi, '_')}.eml`

/** Deletes messages that were written to `DATA_DIR/outbox`, where there are any. */
export async function removeOutboxFiles(dataDir: string, messageIds: readonly string[]): Promise<void> {
  for (const messageId of messageIds) await rm(join(outboxFolder(dataDir), fileName(messageId)), { force: true })
}

function smtpMailer(url: string): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: 60_000,
  })
  return {
    send: async (mail) => (await transport.sendMail(nodemailerMessage(mail))).response,
    close: () => transport.close(),
  }
}

function folderMailer(folder: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    send: async (mail) => {
      const { message } = await transport.sendMail(nodemailerMessage(mail))
      await mkdir(folder, { recursive: true })
      const name = fileName(mail.messageId)
      // Written aside first: whoever watches the folder never sees half a message.
      await writeFile(join(folder, `.${name}`), message as Buffer)
      await rename(join(folder, `.${name}`), join(folder, name))
      return `written to ${name}`
    },
    close: () => transport.close(),
  }
}
