import { Router, type IRoute } from 'express'
import { z } from 'zod'
import type { Contract, DescribedHandler } from './handle.ts'

type Routers = Record<string, readonly Router[]>

/** The API's description, generated from the route lines and their contracts. */
export function openApiRoutes(routers: Routers): Router {
  let document: object | undefined
  const router = Router()
  // When somebody first asks: it takes four times as long to describe every route as to make it.
  router.get('/', (_req, res) => res.json((document ??= describeApi(routers))))
  return router
}

const describeApi = (routers: Routers) => ({
  openapi: '3.1.0',
  info: {
    title: 'Footbridge',
    version: '1',
    description: 'Every figure passes the disclosure gate. Sign in by a session cookie.',
  },
  paths: describePaths(routers),
})

function describePaths(routers: Routers): Record<string, Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [prefix, group] of Object.entries(routers)) {
    for (const route of group.flatMap(routesOf)) {
      const path = `${prefix}${route.path}`.replace(/\/$/, '').replace(/:(\w+)/g, '{$1}')
      for (const { method, handle } of route.stack) {
        const { contract } = handle as DescribedHandler
        if (contract) (paths[path] ??= {})[method] = describe(contract)
      }
    }
  }
  return paths
}

/** Its own, and those of the routers that it is put together from, at no path of their own. */
const routesOf = (router: Router): IRoute[] =>
  router.stack.flatMap(({ route, handle }) => {
    if (route) return [route]
    return 'stack' in handle ? routesOf(handle as Router) : []
  })

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' })

function describe(contract: Contract): Record<string, unknown> {
  return {
    ...(contract.summary ? { summary: contract.summary } : {}),
    parameters: [...parameters('path', contract.params), ...parameters('query', contract.query)],
    ...(contract.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(contract.body, 'input') } },
          },
        }
      : {}),
    responses: {
      200: {
        description: 'OK',
        ...(contract.returns
          ? { content: { 'application/json': { schema: jsonSchema(contract.returns, 'output') } } }
          : {}),
      },
      default: { description: 'An error', content: { 'application/json': { schema: errorSchema } } },
    },
  }
}

const errorSchema = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: { code: { type: 'string' }, message: { type: 'string' }, details: {} },
    },
  },
  required: ['error'],
}

function parameters(place: 'path' | 'query', schema: z.ZodType | undefined): unknown[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, unknown>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}
