import { expect, test } from 'vitest'
import { endpointOf, proxyFor } from './endpoint.ts'

const settings = { username: 'ada', password: 'x' }

test.each([
  ['10.0.0.7', {}, 'http://10.0.0.7:5985/wsman'],
  ['win.test', { useSsl: true }, 'https://win.test:5986/wsman'],
  ['win.test', { port: 80 }, 'http://win.test/wsman'],
  ['fe80::1', { port: 55_985 }, 'http://[fe80::1]:55985/wsman'],
  ['[::1]', {}, 'http://[::1]:5985/wsman'],
])('%s is reached at its address', (host, more, url) => {
  expect(endpointOf(host, { ...settings, ...more }, {}).url.href).toBe(url)
})

const environment = {
  HTTP_PROXY: 'proxy.test:3128',
  https_proxy: 'http://u:p@secure.test',
  NO_PROXY: 'in.test, .sub.test,10.0.0.7:5985',
}

test.each([
  ['http://win.test:5985', 'http://proxy.test:3128/'],
  ['https://win.test:5986', 'http://u:p@secure.test/'],
  ['http://in.test:5985', undefined],
  ['http://a.in.test:5985', undefined],
  ['http://sub.test:5985', 'http://proxy.test:3128/'],
  ['http://a.sub.test:5985', undefined],
  ['http://10.0.0.7:5985', undefined],
  ['http://10.0.0.7:5986', 'http://proxy.test:3128/'],
  ['http://127.0.0.1:5985', undefined],
  ['http://localhost:5985', undefined],
])('the way to %s goes by the proxy %s', (url, proxy) => {
  expect(proxyFor(new URL(url), environment)?.href).toBe(proxy)
})

test('winrm_no_proxy goes past the proxy', () => {
  expect(endpointOf('win.test', { ...settings, noProxy: true }, environment).proxy).toBeUndefined()
  expect(endpointOf('win.test', settings, environment).proxy?.href).toBe('http://proxy.test:3128/')
})

test('an environment that excepts all names no proxy', () => {
  expect(proxyFor(new URL('http://win.test'), { HTTP_PROXY: 'p', NO_PROXY: '*' })).toBeUndefined()
})
