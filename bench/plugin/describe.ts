import { once } from 'node:events'
import { startChild } from '../children.ts'
import type { Figure } from '../figure.ts'
import { inRounds, timed } from '../rounds.ts'
import { bundledPlugin, twinPlugin } from './plugins.ts'

/** Runs a command so many times, one after the other: a shell starts processes with far less work than Node. */
const loop = 'n=$1; shift; while [ "$n" -gt 0 ]; do "$@" >/dev/null || exit; n=$((n-1)); done'

export const describe: Figure = {
  name: 'plugin-describe',
  title: 'a plugin says what it is, which packer asks four times in a build; mean of a batch',
  async measure({ quick }) {
    using plugin = await bundledPlugin()
    const twin = twinPlugin()
    const [ours, ...peers] = await inRounds(quick ? 7 : 15, [
      ['bundled plugin', () => oneOf(20, plugin.file, 'describe')],
      ['Go twin', () => oneOf(10, twin, 'describe')],
      ['node -e 0', () => oneOf(3, process.execPath, '-e', '0')],
    ])
    return [{ ...ours!, unit: 'ms', peers, aim: { of: 'share', atMost: 0.2 } }]
  },
}

async function oneOf(count: number, ...command: readonly string[]): Promise<number> {
  const batch = await timed(async () => {
    const shell = startChild('/bin/sh', ['-c', loop, 'sh', String(count), ...command], { stdio: 'inherit' })
    const [status] = await once(shell, 'exit')
    if (status !== 0) throw new Error(`${command.join(' ')} ended with status ${status}`)
  })
  return batch / count
}
