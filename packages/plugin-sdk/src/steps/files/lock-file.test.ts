import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lock, tryLock } from './lock-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingot-lock-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('a lock is had by one at a time', async () => {
  const path = join(folder, 'one')
  const first = await tryLock(path)
  expect(await tryLock(path)).toBeUndefined()
  await first!.release()
  const second = await tryLock(path)
  expect(second).toBeDefined()
  await second!.release()
  expect(await readdir(folder)).toEqual([])
})

test('a lock of a process that runs is respected', async () => {
  const path = join(folder, 'parent')
  await writeFile(path, String(process.ppid))
  expect(await tryLock(path)).toBeUndefined()
  await rm(path)
})

test.each(['', 'rubbish', '-1', String(process.pid), String(spawnSync(process.execPath, ['-v']).pid)])(
  'a lock that was left with %j is taken',
  async (content) => {
    const path = join(folder, 'left')
    await writeFile(path, content)
    const taken = await tryLock(path)
    expect(taken).toBeDefined()
    await taken!.release()
    expect(await readdir(folder)).toEqual([])
  },
)

test('who waits gets it next, or is cancelled', async () => {
  const path = join(folder, 'wait')
  const first = await tryLock(path)
  const stop = new AbortController()
  let waits = 0
  const onWait = () => {
    waits += 1
  }
  const cancelled = lock(path, { signal: stop.signal, onWait })
  stop.abort()
  await expect(cancelled).rejects.toThrow()
  const second = lock(path, { signal: new AbortController().signal, onWait })
  await first!.release()
  await (await second).release()
  expect(waits).toBe(2)
})
