import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { config } from '../config/config.ts'
import type { TestBuildError } from '../testing/test-error.ts'
import { testMachine } from '../testing/test-machine.ts'
import { testProvisioner } from '../testing/test-provisioner.ts'
import { defineProvisioner, type ProvisionerDefinition } from './definition.ts'

const settings = config({
  text: config.string().default('hello'),
  script: config.string().verbatim(),
  tries: config.number().between(1, 9).default(3),
  token: config.string().sensitive(),
})
type Settings = typeof settings
type Run = ProvisionerDefinition<Settings>['run']

function provisioner(run: Run, more: Partial<ProvisionerDefinition<Settings>> = {}) {
  return testProvisioner(defineProvisioner({ config: settings, run, ...more }))
}

async function failure(running: Promise<unknown>): Promise<TestBuildError> {
  return running.then(
    () => {
      throw new Error('The provisioner did not fail')
    },
    (error) => error,
  )
}

test('reaches the machine over the wire, both ways', async () => {
  const machine = testMachine(({ command }) =>
    command === 'uname' ? { stdout: 'Linux\n', stderr: 'warned', exitStatus: 4 } : {},
  )
  machine.files.set('/var/log', { content: Buffer.from('logged') })
  const seen: unknown[] = []
  const { output } = await provisioner(async ({ communicator, ui }) => {
    seen.push(await communicator.exec('uname', { stdin: 'in' }))
    await communicator.upload('/etc/motd', 'hello', { mode: 0o600 })
    seen.push(String(await communicator.download('/var/log')))
    await communicator.uploadDirectory('/srv/', '/target')
    void ui.say('done')
    seen.push(await communicator.runWithUi('uname'))
  }).run({}, { machine })
  expect(seen).toEqual([{ exitStatus: 4, stdout: 'Linux\n', stderr: 'warned' }, 'logged', 4])
  expect(machine.commands).toEqual([
    { command: 'uname', stdin: 'in' },
    { command: 'uname', stdin: '' },
  ])
  expect(machine.files.get('/etc/motd')).toEqual({ content: Buffer.from('hello'), mode: 0o600 })
  expect(machine.directories).toEqual([
    { direction: 'upload', source: '/srv/', target: '/target', exclude: [] },
  ])
  expect(output.split('\n').toSorted()).toEqual(['Linux', 'done', 'warned'])
})

test('gets the configuration by its type, what the host says and what the builder tells', async () => {
  await provisioner(({ config, packer, data }) => {
    expectTypeOf(config.tries).toEqualTypeOf<number>()
    expect(config).toMatchObject({ text: 'hello', tries: 3 })
    expect(packer).toMatchObject({ buildName: 'test', force: true })
    expect(data).toMatchObject({ Host: '10.0.0.1', Port: 22, ConnType: 'none' })
  }).run({}, { packer: { packer_force: 'true' }, data: { Host: '10.0.0.1', Port: 22 } })
})

describe('build variables', () => {
  test.each<[string, string]>([
    ['{{ build `Host` }}:{{ build "Port" }}', '10.0.0.1:22'],
    ['{{ build "Host" | upper }}', '10.0.0.1'],
    ['{{ user "name" }}', 'at 10.0.0.1'],
  ])('in a JSON template: %s', async (text, expected) => {
    const seen: string[] = []
    const checked = provisioner(({ config }) => void seen.push(config.text), {
      prepare: ({ config }) => void seen.push(config.text),
    })
    const packer = { packer_user_variables: { '': '', name: 'at {{ build `Host` }}' } }
    await checked.run({ text }, { template: 'json', packer, data: { Host: '10.0.0.1', Port: 22 } })
    expect(seen.at(-1)).toBe(expected)
    expect(seen[0]).toMatch(/<unknown>|<UNKNOWN>/i)
  })

  test('that nobody generates are refused when the template is read', async () => {
    const run = provisioner(() => {}).prepare({ text: '{{ build "Hots" }}' }, { template: 'json' })
    expect((await failure(run)).message).toBe('text: There is no build variable "Hots"; did you mean "Host"?')
  })

  test('pass every check until they are known, and none after', async () => {
    const strict = defineProvisioner({
      config: config({
        port: config.number().min(1024),
        name: config.string().pattern(/^[a-z]+$/, 'letters'),
      }),
      run: () => {},
    })
    const template = { port: '{{ build "Port" }}' as never, name: '{{ build "User" }}' }
    const data = { Port: 22, User: 'root' }
    await testProvisioner(strict).prepare(template, { template: 'json', data })
    const { message } = await failure(testProvisioner(strict).run(template, { template: 'json', data }))
    expect(message).toBe('port: must be at least 1024, not 22')
  })

  test('are filled in where the author says, in fields that are left verbatim', async () => {
    const seen: string[] = []
    await provisioner(
      ({ config, render }) => void seen.push(render(config.script!, { data: { Path: '/tmp/x' } })),
    ).run(
      { script: '{{ .Path }} {{ build "User" }} {{ user "name" }} {{ build_name }}' },
      { template: 'json', data: { User: 'root' }, packer: { packer_user_variables: { name: 'n' } } },
    )
    expect(seen).toEqual(['/tmp/x root n test'])
  })
})

describe('what the user reads', () => {
  test('never holds a sensitive value', async () => {
    const machine = testMachine(() => ({ stdout: 'token s3cret\n' }))
    const { output } = await provisioner(async ({ communicator, config, ui }) => {
      void ui.say(`token ${config.token}`)
      await communicator.runWithUi('env')
    }).run({ token: 's3cret' }, { machine })
    expect(output).toBe('token <sensitive>\ntoken <sensitive>')
    const failing = provisioner(({ config }) => Promise.reject(new Error(`refused ${config.token}`)))
    expect((await failure(failing.run({ token: 's3cret' }))).message).toBe('refused <sensitive>')
  })

  test('begins with the warnings, which Prepare has no place for', async () => {
    const careful = provisioner(({ ui }) => void ui.say('running'), {
      prepare: ({ warn, config }) => warn(`${config.tries} tries are many`),
    })
    expect((await careful.run({ tries: 9 })).output).toBe('Warning: 9 tries are many\nrunning')
  })
})

test('a refused configuration says all that is wrong', async () => {
  const { message } = await failure(provisioner(() => {}).prepare({ tries: 12, txet: 'a' } as never))
  expect(message).toContain('txet: not known; did you mean "text"?')
  expect(message).toContain('tries: must be between 1 and 9, not 12')
  const own = provisioner(() => {}, { prepare: () => Promise.reject(new Error('needs a licence')) })
  expect((await failure(own.prepare({}))).message).toBe('needs a licence')
})

test('one configuration does not show in the next', async () => {
  const lists: unknown[] = []
  const greedy = defineProvisioner({
    config: config({ names: config.list(config.string()).default(['a']) }),
    prepare: ({ config: { names } }) => void (names as string[]).push('b'),
    run: ({ config: { names } }) => void lists.push(names),
  })
  await testProvisioner(greedy).run({})
  expect(lists).toEqual([['a']])
})

describe('a cancelled one', () => {
  test('hears it, cleans up and is waited for', async () => {
    const user = new AbortController()
    const events: string[] = []
    const run = provisioner(async ({ signal }) => {
      user.abort()
      while (!signal.aborted) await sleep(5)
      events.push('heard')
      await sleep(30)
      events.push('cleaned up')
      throw new Error('stopped half way')
    }).run({}, { signal: user.signal })
    expect((await failure(run)).message).toBe('The build was cancelled.')
    expect(events).toEqual(['heard', 'cleaned up'])
  })

  test('fails even where its author takes no notice, so that Packer does not go on', async () => {
    const user = new AbortController()
    const run = provisioner(async ({ signal }) => {
      user.abort()
      while (!signal.aborted) await sleep(5)
    }).run({}, { signal: user.signal })
    expect((await failure(run)).message).toBe('The build was cancelled.')
  })

  test('does not wait for the machine', async () => {
    const user = new AbortController()
    const machine = testMachine(async () => {
      user.abort()
      await sleep(60_000, undefined, { ref: false })
      return {}
    })
    const run = provisioner(async ({ communicator }) => {
      await communicator.exec('sleep 60')
    }).run({}, { machine, signal: user.signal })
    expect((await failure(run)).message).toBe('The build was cancelled.')
  })
})
