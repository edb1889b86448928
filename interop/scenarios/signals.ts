import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { type During, labBuild } from '../harness/lab.ts'
import type { Workspace } from '../harness/workspace.ts'
import { everyPackerVersion } from '../toolchain/programs.ts'

const template = 'lab.pkr.hcl'
// The command that a provisioner waits for says so in a file: what it prints is only read in the end.
const vars = { command: 'touch running; sleep 30; touch woken' }

const signals: readonly (readonly [string, During])[] = [
  ['Ctrl-C', async (running) => running.interrupt()],
  [
    'Ctrl-C twice',
    async (running) => {
      running.interrupt()
      await setTimeout(20)
      if (running.lives()) running.interrupt()
    },
  ],
  ['SIGTERM to packer alone', async (running) => running.terminate()],
]

describe.each(everyPackerVersion)('packer %s', (version) => {
  test.each(signals)('%s takes back what was begun and leaves nothing running', async (name, send) => {
    const during: During = async (running, user) => {
      await isRunning(user)
      await send(running, user)
    }
    const { exitCode, output, files, temporary, lives } = await labBuild(version, 'typescript', {
      ...{ template, vars, during },
      args: ['-only=*.one'],
    })
    // Packer may end with 0 when it is interrupted again on its way out, whatever its plugins are written in.
    expect(name === 'Ctrl-C twice' ? [0, 1] : [1], output).toContain(exitCode)
    expect(output).toContain('Cancelling build after receiving')
    expect(output).toContain('Cleanly cancelled builds after being interrupted.')
    expect(output).toContain('Deleting one')
    expect(output).not.toMatch(/ended with|panic|clean-up/)
    expect({ files, temporary, lives }).toEqual({ files: ['running'], temporary: [], lives: false })
  })
})

async function isRunning({ folder }: Workspace): Promise<void> {
  await expect.poll(() => existsSync(join(folder, 'running')), { timeout: 30_000 }).toBe(true)
}
