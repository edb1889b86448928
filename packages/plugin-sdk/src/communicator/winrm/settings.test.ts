import { expect, test } from 'vitest'
import { config } from '../../config/config.ts'
import { decodeConfig } from '../../config/decode.ts'
import { Secrets } from '../../secrets/secrets.ts'
import { communicatorConfig } from '../settings/communicator-config.ts'
import { winRMSettings } from './settings.ts'

function decode(data: Readonly<Record<string, unknown>>) {
  const whole = { kind: 'plain' as const, data: { communicator: 'winrm', winrm_username: 'ada', ...data } }
  const surroundings = { placeholders: false, secrets: new Secrets() }
  return decodeConfig(config(communicatorConfig()), [whole], surroundings).config
}

test('what a template leaves out is as with Go', () => {
  expect(winRMSettings(decode({}))).toEqual({
    username: 'ada',
    password: '',
    useSsl: false,
    insecure: false,
    useNtlm: false,
    noProxy: false,
    timeout: 1_800_000,
  })
})

test('what a template says counts, and what the builder knows counts more', () => {
  const template = {
    winrm_port: 80,
    winrm_password: 'x',
    winrm_use_ssl: true,
    winrm_insecure: true,
    winrm_use_ntlm: true,
    winrm_no_proxy: true,
    winrm_timeout: '2m',
  }
  expect(winRMSettings(decode(template), { password: 'known' })).toEqual({
    username: 'ada',
    password: 'known',
    port: 80,
    useSsl: true,
    insecure: true,
    useNtlm: true,
    noProxy: true,
    timeout: 120_000,
  })
})
