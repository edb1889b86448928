import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import { sbomUnpackedSize } from '../domain/limits.ts'
import { Refusal } from '../domain/refusal.ts'
import type { NamedPackage, SbomContent, SbomFormat } from '../domain/sbom.ts'
import type { SbomProblem } from './parse-sbom.ts'

/** Bills of materials that are parsed at the same time; others wait. */
const atOnce = 2
/** Megabytes that parsing one may take. */
const memory = 1024

/** A bill of materials whose packages come while it is read; it is to be disposed of. */
export interface OpenSbom extends Omit<SbomContent, 'packages'>, AsyncDisposable {
  readonly packageCount: number
  /** Some at a time. */
  readonly packages: AsyncIterable<readonly NamedPackage[]>
}

type Facts = Omit<SbomContent, 'packages'> & { readonly packageCount: number }
type Message =
  | { readonly facts: Facts }
  | { readonly packages: readonly NamedPackage[] }
  | { readonly problem: SbomProblem }

/** Unpacks and parses a bill of materials in a thread of its own, so that nobody else waits for it. */
export async function openSbom(compressed: Buffer, format: SbomFormat): Promise<OpenSbom> {
  await turn()
  const worker = new Worker(workerFile, {
    workerData: { compressed, format },
    resourceLimits: { maxOldGenerationSizeMb: memory },
  })
  const messages = messagesOf(worker)
  const dispose = async () => {
    await worker.terminate()
    release()
  }
  try {
    const { value: first } = await messages.next()
    if (!first || !('facts' in first)) throw endedEarly()
    return {
      ...first.facts,
      packages: packagesOf(messages, first.facts.packageCount),
      [Symbol.asyncDispose]: dispose,
    }
  } catch (error) {
    await dispose()
    throw error
  }
}

// Compiled, the file has another ending.
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './sbom-worker.ts' : './sbom-worker.js',
  import.meta.url,
)

/** What the thread says, until it ends. */
async function* messagesOf(worker: Worker): AsyncGenerator<Message, undefined> {
  try {
    for await (const [message] of on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[Message]>) {
      if ('problem' in message) throw refusalOf(message.problem)
      yield message
    }
  } catch (error) {
    throw isOutOfMemory(error) ? new Refusal('sbom.too-large', { limit: sbomUnpackedSize }) : error
  }
}

async function* packagesOf(
  messages: AsyncIterable<Message>,
  count: number,
): AsyncGenerator<readonly NamedPackage[]> {
  let missing = count
  for await (const message of messages) {
    if (!('packages' in message)) continue
    missing -= message.packages.length
    yield message.packages
  }
  if (missing !== 0) throw endedEarly()
}

function endedEarly(): Error {
  return new Error('the thread that parses a bill of materials ended early')
}

function refusalOf(problem: SbomProblem): Refusal {
  switch (problem.code) {
    case 'sbom.empty':
      return new Refusal('sbom.empty', {})
    case 'sbom.unreadable':
      return new Refusal('sbom.unreadable', { problem: problem.problem })
    case 'sbom.too-large':
      return new Refusal('sbom.too-large', { limit: problem.limit })
    case 'list.too-long':
      return new Refusal('list.too-long', { field: 'packages', limit: problem.limit })
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

let running = 0
const waiting: (() => void)[] = []

async function turn(): Promise<void> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
}

/** Hands the turn on to whoever waits longest. */
function release(): void {
  const next = waiting.shift()
  if (next) next()
  else running--
}
