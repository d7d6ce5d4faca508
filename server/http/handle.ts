import type { Request, RequestHandler, Response } from 'express'
import type { z } from 'zod'
import { badRequest } from '../errors.ts'
import { Html } from './html.ts'

/** What a route accepts and returns; the API's description is generated from it. */
export interface Contract {
  summary?: string
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  returns?: z.ZodType
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined

export interface Input<C extends Contract> {
  params: Parsed<C['params']>
  query: Parsed<C['query']>
  body: Parsed<C['body']>
  req: Request
  res: Response
}

/** An answer that is not plain JSON with status 200. */
export class Reply {
  readonly status: number
  readonly body: unknown
  readonly headers: Record<string, string>
  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    this.status = status
    this.body = body
    this.headers = headers
  }
}
export const created = (body: unknown) => new Reply(201, body)
/** 303: the browser follows with a GET, so that a reload never posts twice. */
export const seeOther = (location: string) => new Reply(303, undefined, { location })

export interface DescribedHandler extends RequestHandler {
  contract?: Contract
}

/** Parses what came in by the contract, calls `fn`, sends what it returns: Html, a Reply, JSON, or 204 for nothing. */
export function handle<C extends Contract>(contract: C, fn: (input: Input<C>) => unknown): DescribedHandler {
  const handler: DescribedHandler = async (req, res) => {
    const input = {
      params: parse('params', contract.params, req.params),
      query: parse('query', contract.query, req.query),
      body: parse('body', contract.body, req.body),
      req,
      res,
    } as Input<C>
    const result = await fn(input)
    if (!res.headersSent)
      send(res, result instanceof Reply ? result : new Reply(result === undefined ? 204 : 200, result))
  }
  handler.contract = contract
  return handler
}

function parse(part: string, schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(value ?? {})
  if (result.success) return result.data
  const details = result.error.issues.map((issue) => ({
    place: [part, ...issue.path].join('.'),
    message: issue.message,
  }))
  const first = details[0]
  throw badRequest('invalid_request', `The request is not valid: ${first?.place}: ${first?.message}`, details)
}

function send(res: Response, reply: Reply): void {
  res.status(reply.status).set(reply.headers)
  if (reply.body === undefined) res.end()
  else if (reply.body instanceof Html) res.type('html').send(reply.body.text)
  else if (typeof reply.body === 'string') res.send(reply.body)
  else res.json(reply.body)
}
