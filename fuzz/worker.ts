import { parentPort, workerData } from 'node:worker_threads'
import { writeLast } from './last-input.ts'
import { search } from './search/search.ts'
import { targetIn } from './targets.ts'
import type { WorkerTask } from './watched.ts'

const { group, name, milliseconds, seed, last } = workerData as WorkerTask
const result = await search(await targetIn(group, name), {
  milliseconds,
  seed,
  onInput: (input) => writeLast(last, input),
})
parentPort!.postMessage(result)
