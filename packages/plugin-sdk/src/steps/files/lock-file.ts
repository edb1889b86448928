import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds between two looks at a lock that another process holds. */
export const LOCK_POLL = 250

/** Something that one process at a time may use. */
export interface Lock {
  release(): Promise<void>
}

/** Those of this process: its id in a file could also be left by another one that had the same. */
const held = new Set<string>()

/** Takes the lock; undefined while another process, or another build in this one, has it. */
export async function tryLock(path: string): Promise<Lock | undefined> {
  if (held.has(path)) return
  held.add(path)
  const taken = (await create(path)) || ((await discardLeft(path)) && (await create(path)))
  if (!taken) {
    held.delete(path)
    return
  }
  return {
    async release() {
      await rm(path, { force: true })
      held.delete(path)
    },
  }
}

/** Waits for the lock. Throws the signal's reason when it is aborted; `onWait` is called once if there is a wait. */
export async function lock(
  path: string,
  { signal, onWait }: { readonly signal: AbortSignal; readonly onWait: () => void },
): Promise<Lock> {
  for (let first = true; ; first = false) {
    signal.throwIfAborted()
    const taken = await tryLock(path)
    if (taken) return taken
    if (first) onWait()
    await sleep(LOCK_POLL, undefined, { signal })
  }
}

/** The file is never seen without its content, which would look as if it was left. */
async function create(path: string): Promise<boolean> {
  const aside = `${path}.${randomUUID()}`
  try {
    await writeFile(aside, String(process.pid))
    await link(aside, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(aside, { force: true })
  }
}

/** Whether a lock was left by a process that is gone, and is discarded now. */
async function discardLeft(path: string): Promise<boolean> {
  if (isAlive(await holder(path))) return false
  const aside = `${path}.${randomUUID()}`
  try {
    await rename(path, aside)
  } catch {
    return true
  }
  // Between the look and the move another process may have done the same, and taken the lock.
  const isLeft = !isAlive(await holder(aside))
  if (!isLeft) await link(aside, path).catch(() => {})
  await rm(aside, { force: true })
  return isLeft
}

async function holder(path: string): Promise<number> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return Number.parseInt(text, 10)
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
