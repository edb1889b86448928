import { Worker } from 'node:worker_threads'
import { lastInput, readLast } from './last-input.ts'
import type { Searched } from './search/search.ts'
import type { GroupName } from './targets.ts'

/** Milliseconds without a new input after which one counts as endless; loading and a first look take some seconds. */
const ENDLESS = 30_000

/** Megabytes that a decoder may use; a few inputs of some kilobytes need none of it. */
const MEMORY = 512

/** What a thread is given. */
export interface WorkerTask {
  readonly group: GroupName
  readonly name: string
  readonly milliseconds: number
  readonly seed: number
  readonly last: SharedArrayBuffer
}

/** Searches in a thread of its own, so that an input that never ends, or takes all memory, is a finding too. */
export async function searchWatched(task: Omit<WorkerTask, 'last'>): Promise<Searched> {
  const last = lastInput()
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData: { ...task, last },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  })
  let watch: NodeJS.Timeout | undefined
  try {
    return await new Promise<Searched>((resolve, reject) => {
      const found = (what: string) => resolve(withFinding(last, what))
      watch = watchInputs(last, () => found(`did not end within ${ENDLESS} ms`))
      worker.once('message', resolve)
      worker.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? found(`needs more than ${MEMORY} MB`) : reject(error),
      )
    })
  } finally {
    clearInterval(watch)
    await worker.terminate()
  }
}

function watchInputs(last: SharedArrayBuffer, endless: () => void): NodeJS.Timeout {
  let seen = -1
  return setInterval(() => {
    const { inputs } = readLast(last)
    if (inputs === seen) endless()
    seen = inputs
  }, ENDLESS)
}

function withFinding(last: SharedArrayBuffer, what: string): Searched {
  const { inputs, input } = readLast(last)
  return { inputs, kept: 0, steps: 0, finding: { what, input } }
}
