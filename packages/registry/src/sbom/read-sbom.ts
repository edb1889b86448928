import { Worker } from 'node:worker_threads'
import { sbomUnpackedSize } from '../domain/limits.ts'
import { Refusal } from '../domain/refusal.ts'
import type { NamedPackage, SbomContent, SbomFormat } from '../domain/sbom.ts'
import type { SbomProblem } from './parse-sbom.ts'

/** Bills of materials that are parsed at the same time; others wait. */
const atOnce = 2
/** Megabytes that parsing one may take. */
const memory = 1024

/** A bill of materials with what advisories call its packages. */
export type ReadSbom = Omit<SbomContent, 'packages'> & { readonly packages: readonly NamedPackage[] }

type Message =
  | { readonly packages: readonly NamedPackage[] }
  | { readonly facts: Omit<SbomContent, 'packages'> }
  | { readonly problem: SbomProblem }

/** Unpacks and parses a bill of materials in a thread of its own, so that nobody else waits for it. */
export async function readSbom(compressed: Buffer, format: SbomFormat): Promise<ReadSbom> {
  await turn()
  try {
    return await readApart(compressed, format)
  } finally {
    release()
  }
}

// Compiled, the file has another ending.
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './sbom-worker.ts' : './sbom-worker.js',
  import.meta.url,
)

function readApart(compressed: Buffer, format: SbomFormat): Promise<ReadSbom> {
  const worker = new Worker(workerFile, {
    workerData: { compressed, format },
    resourceLimits: { maxOldGenerationSizeMb: memory },
  })
  return new Promise((resolve, reject) => {
    const packages: NamedPackage[] = []
    worker.on('message', (message: Message) => {
      if ('packages' in message) packages.push(...message.packages)
      else if ('facts' in message) resolve({ ...message.facts, packages })
      else reject(refusalOf(message.problem))
    })
    worker.on('error', (error) =>
      reject(isOutOfMemory(error) ? new Refusal('sbom.too-large', { limit: sbomUnpackedSize }) : error),
    )
    worker.on('exit', () => reject(new Error('the thread that parses a bill of materials ended early')))
  })
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
