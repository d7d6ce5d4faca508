import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  to: string
  /** The envelope's sender, where delivery reports go. */
  returnPath: string
  /** Without angle brackets. */
  messageId: string
  subject: string
  text: string
}

export interface MailServer {
  url: string
  /** In the order of their arrival. */
  mails: ReceivedMail[]
  close(): Promise<void>
}

/** A mail server on this machine that accepts everything and keeps it, read as a mail program reads it. */
export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const returnPath = mailFrom ? mailFrom.address : ''
        PostalMime.parse(Buffer.concat(chunks)).then(({ messageId = '', subject = '', text = '' }) => {
          for (const { address: to } of rcptTo)
            mails.push({ to, returnPath, messageId: messageId.replace(/[<>]/g, ''), subject, text })
          done()
        }, done)
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const report = join(import.meta.dirname, '../fixtures/delivery-reports/postfix--unknown-user--hard.eml')

/** What Postfix sends back about a message whose address does not work. */
export const unknownUserReport = ({ returnPath, messageId, to }: ReceivedMail): string =>
  readFileSync(report, 'utf8')
    .replaceAll('{{returnPath}}', returnPath)
    .replaceAll('{{messageId}}', messageId)
    .replaceAll('manager1@example.org', to)
