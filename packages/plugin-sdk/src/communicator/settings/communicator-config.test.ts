import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import { type ConfigOf, config } from '../../config/config.ts'
import { decodeConfig } from '../../config/decode.ts'
import { renderConfigDocs } from '../../config/docs.ts'
import { Secrets } from '../../secrets/secrets.ts'
import { type CommunicatorConfig, communicatorConfig } from './communicator-config.ts'
import { withHome } from './home-path.ts'
import { sshSettings } from './ssh-settings.ts'

const settings = config({ ...communicatorConfig(), region: config.string() })
const { privateKey } = generateKeyPairSync('ed25519')
let folder: string
let key: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-communicator-'))
  key = join(folder, 'key')
  await writeFile(key, privateKey.export({ format: 'pem', type: 'pkcs8' }))
})

afterAll(() => rm(folder, { recursive: true }))

function decode(data: Readonly<Record<string, unknown>>, placeholders = false) {
  const secrets = new Secrets()
  return { ...decodeConfig(settings, [{ kind: 'plain', data }], { placeholders, secrets }), secrets }
}

function refusal(data: Readonly<Record<string, unknown>>): string {
  try {
    decode(data)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

describe('templates', () => {
  test('defaults are those of Go', () => {
    expect(decode({ ssh_username: 'me' }).config).toMatchObject({
      communicator: 'ssh',
      ssh_port: 22,
      ssh_timeout: undefined,
      ssh_handshake_attempts: undefined,
      ssh_keep_alive_interval: 5000,
      ssh_file_transfer_method: 'scp',
      ssh_bastion_port: 22,
      ssh_proxy_port: 1080,
      temporary_key_pair_type: 'rsa',
      winrm_timeout: 1_800_000,
    })
  })

  test('only the communicator that is used must be complete', () => {
    expect(refusal({ communicator: 'none' })).toBe('')
    expect(refusal({ communicator: 'winrm' })).toBe('winrm_username: required, but not given')
    expect(refusal({ communicator: 'telnet' })).toContain('must be one of "ssh", "winrm", "none"')
  })

  test.each([
    [{}, 'ssh_username: required, but not given'],
    [{ ssh_username: '' }, 'ssh_username: required, but not given'],
    [
      { ssh_bastion_host: 'a', ssh_bastion_password: 'b', ssh_proxy_host: 'c' },
      'ssh_bastion_host, ssh_proxy_host: exclude each other',
    ],
    [{ ssh_bastion_host: 'a' }, 'ssh_bastion_host: needs a login'],
    [{ ssh_certificate_file: 'a' }, 'ssh_certificate_file: needs the key'],
    [{ ssh_private_key_file: '/no/such/key' }, 'ssh_private_key_file: there is no file /no/such/key'],
    [
      { ssh_bastion_host: 'a', ssh_bastion_private_key_file: '/' },
      'ssh_bastion_private_key_file: there is no file /',
    ],
    [
      { ssh_local_tunnels: ['80:b:90', '8080:localhost'] },
      'ssh_local_tunnels[1]: must be of the form port:host:port',
    ],
    [{ ssh_remote_tunnels: ['0:a:1'] }, 'ssh_remote_tunnels[0]: must be of the form'],
    [{ ssh_file_transfer_method: 'rsync' }, 'ssh_file_transfer_method: must be one of "scp", "sftp"'],
    [{ ssh_port: 65_536 }, 'ssh_port: must be between 0 and 65535'],
    [{ temporary_key_pair_bits: 512 }, 'temporary_key_pair_bits: must be between 1024 and 16384 for rsa'],
    [
      { temporary_key_pair_type: 'ecdsa', temporary_key_pair_bits: 2048 },
      'must be 256, 384 or 521 for ecdsa',
    ],
    [{ temporary_key_pair_type: 'dsa' }, 'temporary_key_pair_type: must be one of'],
  ])('%j is refused', (given, message) => {
    expect(refusal(given)).toContain(message)
  })

  test('a key that cannot be used is refused before anything begins', async () => {
    const path = join(folder, 'protected')
    await writeFile(
      path,
      privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' }),
    )
    expect(refusal({ ssh_username: 'me', ssh_private_key_file: path })).toContain('protected by a passphrase')
    await writeFile(path, 'ssh-ed25519 AAAA me')
    expect(refusal({ ssh_username: 'me', ssh_private_key_file: path })).toContain('holds no private key')
  })

  test('all that is wrong is said at once', () => {
    const message = refusal({
      ssh_bastion_host: 'a',
      ssh_certificate_file: '/no/such',
      ssh_port: -1,
      color: 1,
    })
    for (const name of ['ssh_bastion_host', 'ssh_certificate_file', 'ssh_port', 'ssh_username', 'color']) {
      expect(message).toContain(`* ${name}: `)
    }
  })

  test('the old name of the timeout is taken with a warning', () => {
    const { config, warnings } = decode({ ssh_username: 'me', ssh_wait_timeout: '1m' })
    expect(config.ssh_timeout).toBe(60_000)
    expect(warnings).toEqual(['ssh_wait_timeout is now called ssh_timeout; please rename it in the template'])
  })

  test('what packer validate does not know yet is left to the build', () => {
    expect(decode({ ssh_username: '', ssh_bastion_host: '<unknown>' }, true).config.ssh_bastion_host).toBe(
      '<unknown>',
    )
  })

  test('secrets do not show', () => {
    const { secrets } = decode({ ssh_username: 'me', ssh_password: 'hush', winrm_password: 'quiet' })
    expect(secrets.hide('hush, quiet')).toBe('<sensitive>, <sensitive>')
  })

  test('it is documented', () => {
    const docs = renderConfigDocs(settings)
    expect(docs).toContain('| `ssh_bastion_host` | string | no |  | Host to go through. |')
    expect(docs).toContain('`port:host:port`')
  })
})

test('a builder may have communicators of its own', () => {
  const custom = config(communicatorConfig({ custom: ['docker'], default: 'docker' }))
  expectTypeOf<ConfigOf<typeof custom>['communicator']>().toEqualTypeOf<'ssh' | 'winrm' | 'none' | 'docker'>()
  expectTypeOf<ConfigOf<typeof custom>>().toExtend<CommunicatorConfig>()
  const options = { placeholders: false, secrets: new Secrets() }
  expect(decodeConfig(custom, [{ kind: 'plain', data: {} }], options).config.communicator).toBe('docker')
})

describe('settings', () => {
  test('say what the template says', () => {
    const { config } = decode({
      ssh_username: 'me',
      ssh_private_key_file: key,
      ssh_bastion_host: 'gate',
      ssh_disable_agent_forwarding: true,
      ssh_local_tunnels: ['8080:[::1]:80'],
      ssh_timeout: '1m',
    })
    expect(sshSettings(config, { privateKey: 'text' })).toEqual({
      username: 'me',
      port: 22,
      privateKeyFile: key,
      privateKey: 'text',
      timeout: 60_000,
      keepAliveInterval: 5000,
      pty: false,
      fileTransfer: 'scp',
      forwardAgent: false,
      localTunnels: [{ port: 8080, host: '::1', hostPort: 80 }],
      remoteTunnels: [],
      bastion: {
        host: 'gate',
        port: 22,
        username: 'me',
        privateKeyFile: key,
        agent: false,
        interactive: false,
      },
    })
  })

  test('a bastion that has a key of its own does without the certificate of the other', () => {
    const { config } = decode({
      ssh_username: 'me',
      ssh_private_key_file: key,
      ssh_certificate_file: key,
      ssh_bastion_host: 'gate',
      ssh_bastion_username: 'other',
      ssh_bastion_private_key_file: key,
    })
    expect(sshSettings(config).bastion).not.toHaveProperty('certificateFile')
    expect(sshSettings(config).bastion).toMatchObject({ username: 'other' })
  })
})

test('only a tilde at the beginning is the home directory', () => {
  expect(withHome('~/.ssh/id')).toBe(join(homedir(), '.ssh/id'))
  expect(withHome('~other/id')).toBe('~other/id')
  expect(withHome('a/~/id')).toBe('a/~/id')
})
