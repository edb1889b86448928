import type { AdvisoryImport, Client } from '@ingot/client'
import { UserError } from '../explain.ts'
import type { Found } from './json-objects.ts'

/** What is sent at once: so much that calls do not matter, so little that the registry answers others in between. */
const batchAdvisories = 500
const batchBytes = 1024 * 1024

/** Sends advisories as they come, batch after batch, and adds up what became of them. `progress` is told after each. */
export async function importAdvisories(
  client: Pick<Client, 'advisories'>,
  advisories: AsyncIterable<Found>,
  progress: (sum: AdvisoryImport) => void,
): Promise<AdvisoryImport> {
  const sum = { added: 0, updated: 0, unchanged: 0, ignored: 0 }
  for await (const batch of batches(advisories)) {
    const came = await send(client, batch)
    for (const name of ['added', 'updated', 'unchanged', 'ignored'] as const) sum[name] += came[name]
    progress(sum)
  }
  return sum
}

async function* batches(advisories: AsyncIterable<Found>): AsyncGenerator<readonly Found[]> {
  let batch: Found[] = []
  let size = 0
  for await (const one of advisories) {
    if (batch.length === batchAdvisories || (size + one.size > batchBytes && batch.length > 0)) {
      yield batch
      batch = []
      size = 0
    }
    batch.push(one)
    size += one.size
  }
  if (batch.length > 0) yield batch
}

async function send(client: Pick<Client, 'advisories'>, batch: readonly Found[]): Promise<AdvisoryImport> {
  try {
    return await client.advisories.import(batch.map(({ value }) => value))
  } catch (error) {
    // The registry knows places in a batch; the user knows lines of a file.
    const place = error instanceof Error ? /advisories\[(\d+)\]/.exec(error.message)?.[1] : undefined
    const one = place === undefined ? undefined : batch[Number(place)]
    if (!one || !(error instanceof Error)) throw error
    throw new UserError(`${one.where}: ${error.message}`, { cause: error })
  }
}
