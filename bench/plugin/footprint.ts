import { setTimeout as wait } from 'node:timers/promises'
import { startPlugin } from '@ingot/plugin-rpc'
import { startChild, stopChild } from '../children.ts'
import type { Figure } from '../figure.ts'
import { inRounds } from '../rounds.ts'
import { residentMegabytes } from '../servers/process-facts.ts'
import { goPeer } from './go-peer.ts'
import { bundledPeer, bundledPlugin } from './plugins.ts'

/** Milliseconds until a process has come to rest. */
const REST = 500

export const footprint: Figure = {
  name: 'plugin-footprint',
  title: 'size of a bundle, and resident memory of a plugin process that has been prepared',
  async measure({ quick }) {
    using example = await bundledPlugin()
    using ours = await bundledPeer()
    const go = await goPeer()
    const [memory, ...peers] = await inRounds(quick ? 2 : 5, [
      ['memory of a provisioner', () => memoryOf(ours.file)],
      ['Go peer', () => memoryOf(go)],
      ['node -e', memoryOfNode],
    ])
    return [
      {
        name: 'bundle of the example plugin',
        unit: 'KB',
        samples: [example.size / 1000],
        aim: { of: 'value', atMost: 400 },
      },
      { name: 'bundle of one that does nothing', unit: 'KB', samples: [ours.size / 1000] },
      { ...memory!, unit: 'MB', peers, aim: { of: 'value', atMost: 60 } },
    ]
  },
}

async function memoryOf(file: string): Promise<number> {
  await using plugin = await startPlugin({ file, kind: 'provisioner', name: 'noop', protobuf: true })
  await plugin.provisioner.configSpec()
  await plugin.provisioner.prepare([{ kind: 'plain', data: {} }])
  await wait(REST)
  return residentMegabytes(plugin.pid)
}

async function memoryOfNode(): Promise<number> {
  const node = startChild(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  try {
    await wait(REST)
    return residentMegabytes(node.pid!)
  } finally {
    await stopChild(node, 'SIGKILL')
  }
}
