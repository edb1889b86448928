import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPlugin } from '../src/host/start-plugin.ts'
import { artifact, hook, never, noHook, recordingUi } from './components.ts'
import { processHost } from './process-host.ts'
import { firstLine, goneWithin, hostFile, launch, pluginFile } from './processes.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugin-rpc-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

const started = (name: string, onLog = (_: string) => {}) => ({
  file: process.execPath,
  args: [pluginFile],
  name,
  protobuf: true,
  onLog,
})

const provisioning = (id: number) => ({ GeneratedData: {}, StreamID: id })

/** What a process's exit would have answered instead of the plugin. */
const settled = (calls: readonly Promise<unknown>[]) =>
  Promise.allSettled(calls).then((all) =>
    all.map((one) => (one.status === 'fulfilled' ? 'answered' : (one.reason as Error).message)),
  )

describe.concurrent("where Go's own plugins are weak, a plugin of ours", () => {
  it('gives cancelled provisioners the time that they need', async () => {
    await using building = await startPlugin({ ...started('provisions'), kind: 'builder' })
    await using provisioner = await startPlugin({ ...started('cleans-up'), kind: 'provisioner' })
    const ui = recordingUi()
    const cancel = new AbortController()
    const build = building.builder.run({
      ui,
      hook: hook(({ communicator, data, signal }) => {
        setTimeout(() => cancel.abort(), 20)
        return provisioner.provisioner.provision({ ui, communicator: communicator!, data, signal })
      }),
      signal: cancel.signal,
    })
    await expect(build).rejects.toThrow('The build was cancelled.')
    expect(ui.said).toEqual([
      'say provisioner: cleaned up for 300 ms',
      'say builder: the provisioners have ended',
    ])
  })

  it.each([
    ['with', ['Provision', 'Cancel']],
    ['before', ['Cancel', 'Provision']],
  ])('lives through a Cancel that arrives %s its Provision', async (_, order) => {
    await using host = await processHost('provisioner', '-packer-default-plugin-name-')
    const id = host.offer()
    const answers = settled(
      order.map((method) =>
        host.root.call(`Provisioner.${method}`, method === 'Cancel' ? null : provisioning(id)),
      ),
    )
    expect((await answers).toSorted()).toEqual(['The provisioner was cancelled.', 'answered'])
    expect(host.ui.said).toEqual([])
    await host.root.call('Provisioner.Prepare', { Configs: null })
    await host.root.call('Provisioner.Provision', provisioning(host.offer()))
    expect(host.ui.said).toEqual(['say status 0'])
  })

  it('has the artifact kept that its pass-through post-processor hands on', async () => {
    await using plugin = await startPlugin({ ...started('passing'), kind: 'post-processor' })
    await plugin.postProcessor.configure([])
    const result = await plugin.postProcessor.postProcess({
      ui: recordingUi(),
      artifact: artifact({ id: async () => 'image-7', files: async () => ['disk.img'] }),
      signal: never,
    })
    expect([result!.keepInput, result!.forceKeep]).toEqual([true, true])
    expect([await result!.artifact.id(), await result!.artifact.files()]).toEqual(['image-7', ['disk.img']])
  })

  it.each(['builder', 'provisioner', 'post-processor'])('is no orphan of a dead host: a %s', async (kind) => {
    const mark = join(folder, kind)
    const host = launch(hostFile, [kind], { MARK: mark })
    const pid = Number((await firstLine(host)).replace('running ', ''))
    host.kill('SIGKILL')
    expect(await goneWithin(pid, 5_000)).toBeDefined()
    expect(readFileSync(mark, 'utf8')).toBe('The host of this plugin has gone.')
  })

  it("has 'panic:' in no line of its log", async () => {
    const log: string[] = []
    await using plugin = await startPlugin({
      ...started('panics', (line) => void log.push(line)),
      kind: 'builder',
    })
    const run = plugin.builder.run({ ui: recordingUi(), hook: noHook, signal: never })
    await expect(run).rejects.toThrow('panic: nothing catches this')
    expect(log.length).toBeGreaterThan(3)
    expect(log.join('\n')).not.toContain('panic:')
  })
})
