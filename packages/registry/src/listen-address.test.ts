import { expect, test } from 'vitest'
import { clientUrl, parseListen } from './listen-address.ts'

test.each([
  ['127.0.0.1:8443', { host: '127.0.0.1', port: 8443 }, 'https://localhost:8443'],
  ['[::1]:1', { host: '::1', port: 1 }, 'https://localhost:1'],
  ['0.0.0.0:0', { host: '0.0.0.0', port: 0 }, 'https://localhost:0'],
  ['registry.example:443', { host: 'registry.example', port: 443 }, 'https://registry.example:443'],
  ['[fd00::7]:8443', { host: 'fd00::7', port: 8443 }, 'https://[fd00::7]:8443'],
])('%s', (text, address, url) => {
  expect(parseListen(text)).toEqual(address)
  expect(clientUrl(address)).toBe(url)
})

test.each([
  '8443',
  ':8443',
  'localhost',
  'localhost:',
  'localhost:99999',
  '::1:8443',
  '[x]:1',
  'a b:1',
  'https://a:1',
  '',
])('"%s" is no listen address', (text) => {
  expect(() => parseListen(text)).toThrow(/is not HOST:PORT/)
})
