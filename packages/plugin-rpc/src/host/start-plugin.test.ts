import { describe, expect, it } from 'vitest'
import { artifact, communicator, never, noHook, recordingUi } from '../../test/components.ts'
import { pluginFile } from '../../test/processes.ts'
import { DEFAULT_COMPONENT } from '../plugin/plugin-set.ts'
import type { PluginError } from './plugin-error.ts'
import { type StartOptions, startPlugin } from './start-plugin.ts'

const options = (name: string, changes: Partial<StartOptions> = {}) => ({
  file: process.execPath,
  args: [pluginFile],
  kind: 'builder' as const,
  name,
  protobuf: true,
  ...changes,
})

/** A plugin that is nothing but a script. */
const stub = (script: string, changes: Partial<StartOptions> = {}) =>
  options('x', { args: ['-e', script, '--'], ...changes })

const failure = (started: Promise<unknown>) =>
  started.then(
    () => undefined,
    (error) => error as PluginError,
  )

async function build(name: string, changes: Partial<StartOptions> = {}) {
  const log: string[] = []
  const ui = recordingUi()
  await using plugin = await startPlugin(options(name, { onLog: (line) => void log.push(line), ...changes }))
  const artifact = await failure(plugin.builder.run({ ui, hook: noHook, signal: never }))
  return { error: artifact, said: ui.said, log }
}

describe.concurrent('a started plugin', () => {
  it.each([true, false])('builds, with protobuf: %s', async (protobuf) => {
    await using plugin = await startPlugin(options(DEFAULT_COMPONENT, { protobuf }))
    expect(Object.keys((await plugin.builder.configSpec()).attributes)).toEqual(['name'])
    const ui = recordingUi()
    const artifact = await plugin.builder.run({ ui, hook: noHook, signal: never })
    expect([await artifact!.id(), ...ui.said]).toEqual(['image-1', 'say built'])
  })

  it('serves a data source, with the environment that it was given', async () => {
    const kind = 'datasource'
    await using plugin = await startPlugin({
      ...options('environment'),
      kind,
      env: { PACKER_RUN_UUID: 'run-7' },
    })
    expect((await plugin.datasource.execute({ signal: never })).content).toBe('run-7')
  })

  it('serves a provisioner', async () => {
    const start = async ({ command }: { command: string }) => ({
      exitStatus: Promise.resolve(command.length),
    })
    await using plugin = await startPlugin({ ...options(DEFAULT_COMPONENT), kind: 'provisioner' })
    const ui = recordingUi()
    await plugin.provisioner.prepare([])
    await plugin.provisioner.provision({
      ui,
      communicator: communicator({ start }),
      data: { Host: 'h' },
      signal: never,
    })
    expect(ui.said).toEqual(['say status 5'])
  })

  it('serves a post-processor', async () => {
    await using plugin = await startPlugin({ ...options('passing'), kind: 'post-processor' })
    await plugin.postProcessor.configure([])
    const input = artifact({ id: async () => 'image-7' })
    const result = (await plugin.postProcessor.postProcess({
      ui: recordingUi(),
      artifact: input,
      signal: never,
    }))!
    expect([await result.artifact.id(), result.keepInput]).toEqual(['image-7', true])
  })

  it('has everything that it prints in the log, dated, and never what packer takes for a crash', async () => {
    const { log, error } = await build('noisy')
    expect(error).toBeUndefined()
    expect(log.map((line) => line.replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /, '# '))).toEqual([
      '# printed in the middle of a call',
      '# panic - not a real one',
      '# unfinished line',
      '# dated already',
    ])
  })

  it('answers with an error that was thrown where nobody catches', async () => {
    const { error, log } = await build('throws')
    expect(error).toMatchObject({ name: 'RemoteError', message: 'thrown where nobody catches' })
    expect(log.join('\n')).toMatch(/Nothing caught an error: Error: thrown where nobody catches\n.*at /)
  })

  it('answers with a rejection that nobody waits for', async () => {
    const { error } = await build('rejects')
    expect(error).toMatchObject({ message: 'TypeError: rejected where nobody waits' })
  })

  it('leaves the signals of the terminal to its host', async () => {
    const { said, log } = await build('signalled')
    expect(said).toEqual(['say still here'])
    expect(log.join('\n')).toMatch(/SIGINT \(number 1\)[\s\S]*SIGTERM \(number 2\)/)
  })

  it('that dies in a call fails it with its name, its exit code and its last words', async () => {
    const { error } = await build('exits')
    expect(error).toMatchObject({ name: 'PluginError', code: 'died', exitCode: 3, plugin: process.execPath })
    expect(error!.message).toMatch(
      /^The plugin node ended with exit code 3 in the middle of Builder\.Run\. It printed last:\n/,
    )
    expect(error!.stderr).toEqual([expect.stringMatching(/the last words$/)])
  })

  it('that is killed in a call fails it, and later calls', async () => {
    const plugin = await startPlugin(options('throws', { env: {} }))
    await plugin.kill()
    expect(await failure(plugin.builder.configSpec())).toMatchObject({ code: 'killed' })
    await plugin.kill()
    expect(() => process.kill(plugin.pid, 0)).toThrow('ESRCH')
  })
})

describe.concurrent('a start', () => {
  it('is given up when its signal aborts, and leaves no process', async () => {
    const cancel = new AbortController()
    const onLog = () => cancel.abort()
    const script = 'console.error("slow"); setInterval(() => {}, 1e3)'
    const error = await failure(startPlugin(stub(script, { signal: cancel.signal, onLog })))
    expect(error).toMatchObject({ name: 'PluginError', code: 'killed' })
    expect(error!.message).toMatch(/was given up before it had started/)
  })

  it('keeps the words with which a Go program crashed', async () => {
    const words = [
      'starting',
      'panic: nil map',
      '',
      'goroutine 1 [running]:',
      ...Array(30).fill('\tmain.go:1'),
    ]
    const script = `console.error(${JSON.stringify(words.join('\n'))}); process.exit(2)`
    const error = await failure(startPlugin(stub(script)))
    expect(error!.stderr).toEqual(words.slice(1, 11).map((line) => line.trimEnd()))
  })
})

describe.concurrent('what is no plugin', () => {
  it.each<[string, StartOptions & { kind: 'builder' }, string, RegExp]>([
    [
      'a file that is not there',
      options('x', { file: '/nowhere/packer-plugin-x', args: [] }),
      'not-executable',
      /packer-plugin-x cannot be run .*ENOENT/,
    ],
    [
      'a file that cannot be run',
      options('x', { file: pluginFile, args: [] }),
      'not-executable',
      /must exist and be executable/,
    ],
    [
      'one that ends at once',
      stub('console.error("no license"); process.exit(2)'),
      'exited-early',
      /ended with exit code 2 before it said its address\. It printed last:\n {2}no license/,
    ],
    [
      'one that is ended by a signal',
      stub('process.kill(process.pid, "SIGKILL")'),
      'exited-early',
      /was ended by SIGKILL/,
    ],
    [
      'one that says something else first',
      stub('console.log("hello"); setInterval(() => {}, 1e3)'),
      'handshake',
      /printed "hello" instead of an address/,
    ],
    [
      'one that says too much',
      stub('process.stdout.write("x".repeat(1e6)); setInterval(() => {}, 1e3)'),
      'handshake',
      /printed "xxx/,
    ],
    [
      'one of an old protocol',
      stub('console.log("4|unix|/x"); setInterval(() => {}, 1e3)'),
      'handshake',
      /protocol 4 or older/,
    ],
    [
      'one of another major version',
      stub('console.log("6|0|unix|/x"); setInterval(() => {}, 1e3)'),
      'handshake',
      /speaks API 6\.0/,
    ],
    [
      'one of a newer minor version',
      stub('console.log("5|1|unix|/x"); setInterval(() => {}, 1e3)'),
      'handshake',
      /speaks API 5\.1, newer/,
    ],
    [
      'one on another network',
      stub('console.log("5|0|pipe|/x"); setInterval(() => {}, 1e3)'),
      'handshake',
      /network "pipe"/,
    ],
    [
      'one that is not where it says',
      stub('console.log("5|0|unix|/nowhere/x"); setInterval(() => {}, 1e3)'),
      'unreachable',
      /unix \/nowhere\/x/,
    ],
    [
      'one that is at no port',
      stub('console.log("5|0|tcp|127.0.0.1:99999"); setInterval(() => {}, 1e3)'),
      'unreachable',
      /127\.0\.0\.1:99999/,
    ],
    [
      'one that says nothing',
      stub('setInterval(() => {}, 1e3)', { handshakeTimeout: 300 }),
      'handshake-timeout',
      /within 0\.3 seconds/,
    ],
    [
      'one that closes its output',
      stub('require("node:fs").closeSync(1); setInterval(() => {}, 1e3)'),
      'exited-early',
      /closed its output/,
    ],
    [
      'one that speaks something else there',
      stub(
        'const s = require("node:net").createServer((c) => c.write("HTTP/1.1 400 Bad Request"));' +
          's.listen(0, "127.0.0.1", () => console.log("5|0|tcp|127.0.0.1:" + s.address().port))',
      ),
      'unreachable',
      /cannot be reached/,
    ],
  ])('is refused with the reason: %s', async (_, start, code, message) => {
    const error = await failure(startPlugin(start))
    expect(error).toMatchObject({ name: 'PluginError', code })
    expect(error!.message).toMatch(message)
  })
})
