import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { descendantsOf } from './process-tree.ts'

test('children and their children are found, and a process without any has none', async () => {
  const shell = spawn('sh', ['-c', 'sh -c "echo ready; sleep 60; :"; :'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    await once(shell.stdout, 'data')
    const found = await descendantsOf(shell.pid!)
    expect(found).toHaveLength(2)
    expect(await descendantsOf(found[1]!)).toEqual([])
    expect(await descendantsOf(process.pid)).toEqual(expect.arrayContaining([shell.pid, ...found]))
    for (const pid of found) process.kill(pid, 'SIGKILL')
  } finally {
    shell.kill('SIGKILL')
  }
})
