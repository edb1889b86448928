import { createPublicKey } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SshServer } from '../../../test/ssh-server/ssh-server.ts'
import { config } from '../../config/config.ts'
import { decodeConfig } from '../../config/decode.ts'
import { Secrets } from '../../secrets/secrets.ts'
import { type StateBag, stateBag } from '../../steps/state-bag.ts'
import type { StepState } from '../../steps/step-state.ts'
import { RecordingUi } from '../../testing/recording-ui.ts'
import { testMachine } from '../../testing/test-machine.ts'
import { type CommunicatorConfig, communicatorConfig } from '../settings/communicator-config.ts'
import { createSshKeyPair, type SshKeyType } from './ssh-key-pair.ts'
import { stepCleanupTempKeys } from './step-cleanup-temp-keys.ts'
import { stepConnect } from './step-connect.ts'
import { stepDumpSshKey } from './step-dump-ssh-key.ts'
import { stepSshKeyGen } from './step-ssh-key-gen.ts'

let folder: string
let ui: RecordingUi
let open: AsyncDisposable[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-connect-'))
  ui = new RecordingUi()
})
afterEach(async () => {
  for (const each of open) await each[Symbol.asyncDispose]()
  open = []
  await rm(folder, { recursive: true })
})

function settings(data: Readonly<Record<string, unknown>>): CommunicatorConfig {
  const schema = config(communicatorConfig({ custom: ['docker'] }))
  const options = { placeholders: false, secrets: new Secrets() }
  return decodeConfig(
    schema,
    [{ kind: 'plain', data: { ssh_disable_agent_forwarding: true, ...data } }],
    options,
  ).config
}

function state(first: Partial<StepState> = {}): StateBag {
  return stateBag({ ui, signal: new AbortController().signal, debug: false, ...first })
}

async function server(login?: Parameters<typeof SshServer.start>[0]): Promise<SshServer> {
  const started = await SshServer.start(login)
  open.push(started)
  return started
}

const noHost = () => {
  throw new Error('no address')
}

describe('connecting', () => {
  test('by SSH puts the machine into the state, and what provisioners read', async () => {
    const { port } = await server({ login: ({ method }) => method === 'password' || ['password'] })
    const bag = state()
    let asked = 0
    const host = () => {
      asked += 1
      return asked < 3 ? noHost() : '127.0.0.1'
    }
    const step = stepConnect({
      config: settings({ ssh_username: 'me', ssh_password: 'hush' }),
      host,
      port: () => port,
      retryDelay: 10,
    })
    expect(await step.run(bag)).toBe('continue')
    const { exitStatus } = await bag.get('communicator').start({ command: 'true' })
    expect(await exitStatus).toBe(0)
    expect(bag.get('communicator_config')).toMatchObject({ ssh_host: '127.0.0.1', ssh_port: port })
    expect(bag.get('generated_data')).toMatchObject({
      ConnType: 'ssh',
      Host: '127.0.0.1',
      Port: port,
      User: 'me',
      Password: 'hush',
    })
    expect(ui.lines).toEqual([
      'Waiting for SSH to become available...',
      'Using SSH communicator to connect: 127.0.0.1',
      'Connected to SSH!',
    ])
    await step.cleanup?.(bag)
    await expect(bag.get('communicator').start({ command: 'true' })).rejects.toMatchObject({
      code: 'disconnected',
    })
  })

  test('waits and logs in anew where the template says so', async () => {
    const { port, logins } = await server()
    const step = stepConnect({
      config: settings({
        ssh_username: 'me',
        ssh_host: '127.0.0.1',
        ssh_port: port,
        pause_before_connecting: '20ms',
      }),
      host: noHost,
    })
    const bag = state()
    await step.run(bag)
    expect(logins).toEqual(['none', 'none'])
    expect(ui.lines).toContain('Pausing 20ms before connecting...')
    await step.cleanup?.(bag)
  })

  test('to nothing leaves no communicator', async () => {
    const bag = state()
    await stepConnect({ config: settings({ communicator: 'none' }), host: noHost }).run(bag)
    expect(bag.getOk('communicator')).toBeUndefined()
    expect(ui.lines).toEqual([])
  })

  test('in a way of its own is what a builder likes', async () => {
    const { communicator } = testMachine()
    const cleaned: string[] = []
    const docker = {
      run: (bag: StateBag) => bag.put('communicator', communicator),
      cleanup: () => void cleaned.push('docker'),
    }
    const bag = state()
    const step = stepConnect({
      config: settings({ communicator: 'docker' }),
      host: noHost,
      custom: { docker },
    })
    await step.run(bag)
    await step.cleanup?.(bag)
    expect(bag.get('communicator')).toBe(communicator)
    expect(cleaned).toEqual(['docker'])
  })

  test('in a way that nobody knows is refused', async () => {
    const step = stepConnect({ config: settings({ communicator: 'docker' }), host: noHost })
    await expect(step.run(state())).rejects.toThrow('There is no communicator docker')
  })

  test('by WinRM without an address ends in time', async () => {
    const step = stepConnect({
      config: settings({ communicator: 'winrm', winrm_username: 'me', winrm_timeout: '50ms' }),
      host: noHost,
      retryDelay: 10,
    })
    await expect(step.run(state())).rejects.toThrow('Timeout: the machine has no address: no address')
  })
})

describe('key pairs', () => {
  test.each([
    ['rsa', 2048, 'ssh-rsa'],
    ['ecdsa', 256, 'ecdsa-sha2-nistp256'],
    ['ecdsa', 384, 'ecdsa-sha2-nistp384'],
    ['ecdsa', undefined, 'ecdsa-sha2-nistp521'],
    ['ed25519', undefined, 'ssh-ed25519'],
  ] as const)('of the kind %s and %s bits are what SSH clients know', async (type, bits, name) => {
    const pair = await createSshKeyPair({
      type: type as SshKeyType,
      name: 'packer_1',
      ...(bits ? { bits } : {}),
    })
    const key = ssh2.utils.parseKey(pair.privateKey) as ssh2.ParsedKey
    expect(key.type).toBe(name)
    expect(pair.publicKey).toBe(`${name} ${key.getPublicSSH().toString('base64')} packer_1`)
  })

  test('are temporary where the template gives nothing to log in with, and log in', async () => {
    const seen: Buffer[] = []
    const { port } = await server({
      login: (attempt) => {
        if (attempt.method !== 'publickey') return ['publickey']
        seen.push(attempt.key.data)
        return true
      },
    })
    const bag = state()
    const given = settings({
      ssh_username: 'me',
      ssh_host: '127.0.0.1',
      ssh_port: port,
      temporary_key_pair_type: 'ecdsa',
    })
    await stepSshKeyGen(given).run(bag)
    const pair = bag.get('ssh_key_pair')
    expect(ui.lines).toEqual(['Creating temporary ECDSA SSH key for instance...'])
    expect(pair.name).toMatch(/^packer_[0-9a-f-]{36}$/)
    const step = stepConnect({ config: given, host: noHost })
    await step.run(bag)
    expect(seen[0]!.toString('base64')).toBe(pair.publicKey.split(' ')[1])
    expect(bag.get('generated_data')).toMatchObject({
      SSHPrivateKey: pair.privateKey,
      SSHPublicKey: pair.publicKey,
    })
    await step.cleanup?.(bag)
  })

  test('of the template are taken, and none is made beside a password or an agent', async () => {
    const pair = await createSshKeyPair({ type: 'ed25519' })
    const path = join(folder, 'key')
    await writeFile(path, pair.privateKey)
    const bag = state()
    await stepSshKeyGen(settings({ ssh_username: 'me', ssh_private_key_file: path })).run(bag)
    expect(bag.get('ssh_key_pair')).toEqual(pair)
    const without = state()
    for (const login of [{ ssh_password: 'hush' }, { ssh_agent_auth: true }, { communicator: 'none' }]) {
      await stepSshKeyGen(settings({ ssh_username: 'me', ...login })).run(without)
    }
    expect(without.getOk('ssh_key_pair')).toBeUndefined()
  })

  test('of 4096 bits are the usual RSA ones', async () => {
    const { privateKey } = await createSshKeyPair()
    expect(createPublicKey(privateKey).asymmetricKeyDetails?.modulusLength).toBe(4096)
  })

  test('are written for whoever debugs, and only then', async () => {
    const pair = await createSshKeyPair({ type: 'ed25519' })
    const path = join(folder, 'debug.pem')
    await stepDumpSshKey(path).run(state({ ssh_key_pair: pair }))
    await expect(stat(path)).rejects.toThrow('ENOENT')
    await stepDumpSshKey(path).run(state({ ssh_key_pair: pair, debug: true }))
    expect(await readFile(path, 'utf8')).toBe(pair.privateKey)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(ui.lines).toEqual([`Saving key for debug purposes: ${path}`])
  })
})

describe('a temporary key', () => {
  const clear = { ssh_username: 'me', ssh_clear_authorized_keys: true, temporary_key_pair_name: 'packer_1' }

  test('is removed from the machine where the template says so', async () => {
    const { communicator, commands } = testMachine()
    await stepCleanupTempKeys(settings(clear)).run(state({ communicator }))
    expect(commands.map(({ command }) => command)).toEqual([
      "sed -i.bak '/ packer_1$/d' ~/.ssh/authorized_keys; rm ~/.ssh/authorized_keys.bak",
      "sudo sed -i.bak '/ packer_1$/d' /root/.ssh/authorized_keys; sudo rm /root/.ssh/authorized_keys.bak",
    ])
  })

  test('stays where it does not, and where it cannot be removed the build goes on', async () => {
    const { communicator, commands } = testMachine(() => {
      throw new Error('no sed')
    })
    await stepCleanupTempKeys(settings({ ...clear, ssh_clear_authorized_keys: false })).run(
      state({ communicator }),
    )
    expect(commands).toEqual([])
    await stepCleanupTempKeys(settings(clear)).run(state({ communicator }))
    expect(commands).toHaveLength(2)
  })
})
