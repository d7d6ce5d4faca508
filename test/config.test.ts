import { expect, it } from 'vitest'
import { readConfig } from '../server/config.ts'

it('makes an address that can be read of every host, one of IPv6 too', () => {
  const addresses = ['127.0.0.1', '::1', '::', 'localhost'].map((HOST) => readConfig({ HOST, PORT: '8080' }).publicUrl)
  expect(addresses).toEqual(['http://127.0.0.1:8080', 'http://[::1]:8080', 'http://[::]:8080', 'http://localhost:8080'])
  expect(addresses.map((address) => new URL(address).port)).toEqual(['8080', '8080', '8080', '8080'])
})
