import { once } from 'node:events'
import { startPlugin } from '@ingot/plugin-rpc'
import { startChild, stopChild } from '../children.ts'
import type { Figure } from '../figure.ts'
import { inRounds, timed } from '../rounds.ts'
import { bundledPlugin, twinPlugin } from './plugins.ts'

/** What packer gives a plugin that it starts; the cookie is that of every Packer plugin. */
const environment = {
  ...process.env,
  PACKER_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PACKER_PLUGIN_MIN_PORT: '10000',
  PACKER_PLUGIN_MAX_PORT: '25000',
}

export const start: Figure = {
  name: 'plugin-start',
  title: 'a plugin process from its start to the line that says where it listens, and to its first answer',
  async measure({ quick }) {
    using plugin = await bundledPlugin()
    const twin = twinPlugin()
    const [ours, ...peers] = await inRounds(quick ? 9 : 21, [
      ['bundled plugin', () => untilItListens(plugin.file)],
      ['Go twin', () => untilItListens(twin)],
      ['node -e 0', untilNodeEnds],
    ])
    const [called, ...callers] = await inRounds(quick ? 9 : 21, [
      ['until its first call is answered', () => untilItAnswers(plugin.file)],
      ['Go twin', () => untilItAnswers(twin)],
    ])
    return [
      { ...ours!, unit: 'ms', peers },
      { ...called!, unit: 'ms', peers: callers },
    ]
  },
}

async function untilItListens(file: string): Promise<number> {
  const start = performance.now()
  const plugin = startChild(file, ['start', 'builder', 'image'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    const [line] = await Promise.race([once(plugin.stdout!, 'data'), once(plugin, 'exit')])
    const milliseconds = performance.now() - start
    if (!/^\d+\|\d+\|(unix|tcp)\|/.test(String(line)))
      throw new Error(`${file} did not say where it listens: ${line}`)
    return milliseconds
  } finally {
    await stopChild(plugin, 'SIGKILL')
  }
}

/** With a host of ours, which is the same for both. */
function untilItAnswers(file: string): Promise<number> {
  return timed(async () => {
    await using plugin = await startPlugin({ file, kind: 'builder', name: 'image', protobuf: true })
    await plugin.builder.configSpec()
  })
}

function untilNodeEnds(): Promise<number> {
  return timed(() => once(startChild(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit'))
}
