import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Sink {
  url: string
  /** By recipient, the Message-ID of every message that was accepted. */
  recipients: Map<string, string[]>
  close(): Promise<void>
}

/** A mail server on this machine that accepts everything and keeps only who got which Message-ID. */
export async function startSink(): Promise<Sink> {
  const recipients = new Map<string, string[]>()
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, session, done) => {
      let text = ''
      stream.setEncoding('utf8')
      stream.on('data', (chunk: string) => (text += chunk))
      stream.on('end', () => {
        const messageId = /^Message-ID:\s*(<[^>]+>)/im.exec(text)?.[1] ?? 'none'
        for (const { address } of session.envelope.rcptTo)
          recipients.set(address, [...(recipients.get(address) ?? []), messageId])
        done()
      })
    },
  })
  // A sender that is killed drops its connection: that is what is tested.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    recipients,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
