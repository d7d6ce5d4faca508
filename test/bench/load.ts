import { Agent, request } from 'node:http'
import { figuresOf, type Figures } from './figures.ts'

export interface Reply {
  status: number
  body: string
}

export type Send = (method: string, path: string, body?: string) => Promise<Reply>

/** One respondent: what they send, one thing after the other. Throws where an answer is not what it should be. */
export type Respondent = (send: Send) => Promise<void>

/** Requests over at most `connections` kept-alive connections. node:http with nothing around it: the generator must cost less than the server. */
export function openClient(url: string, connections: number): { send: Send; close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const { hostname, port } = new URL(url)
  const send: Send = (method, path, body) =>
    new Promise((resolve, reject) => {
      const headers =
        body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
      const sent = request({ agent, hostname, port, method, path, headers }, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('end', () =>
          response.complete ? resolve({ status: response.statusCode ?? 0, body: text }) : reject(new Error('cut off')),
        )
        response.on('error', reject)
      })
      sent.on('error', reject)
      sent.end(body)
    })
  return { send, close: () => agent.destroy() }
}

/** Lets `connections` respondents at a time go, each beginning when another is done. Every request is timed. */
export async function measureLoad(
  url: string,
  connections: number,
  respondents: readonly Respondent[],
): Promise<Figures> {
  const client = openClient(url, connections)
  const milliseconds: number[] = []
  const timed: Send = async (method, path, body) => {
    const begun = performance.now()
    const reply = await client.send(method, path, body)
    milliseconds.push(performance.now() - begun)
    return reply
  }
  const queue = respondents.values()
  const worker = async () => {
    for (const respondent of queue) await respondent(timed)
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: connections }, worker))
  const elapsed = performance.now() - begun
  client.close()
  return figuresOf(milliseconds, elapsed)
}
