import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { assetsFolder } from '../../server/http/assets.ts'
import { appOf, testApp, type TestApp } from '../app.ts'

export interface Site {
  app: TestApp
  address: string
  stop: () => Promise<void>
}

/** The real application with the built client, listening on a free port. */
export async function startSite(): Promise<Site> {
  if (!existsSync(join(assetsFolder, '.vite/manifest.json')))
    throw new Error('The client is not built: npm test does it first, or run npx vite build.')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const app = testApp(address)
  server.on('request', appOf(app.context))
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { app, address, stop }
}
