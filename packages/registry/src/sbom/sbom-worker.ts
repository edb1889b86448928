import { parentPort, workerData } from 'node:worker_threads'
import type { SbomContent, SbomFormat } from '../domain/sbom.ts'
import { parseSbom, type SbomProblem } from './parse-sbom.ts'
import { unpackSent } from './unpack.ts'

/** Packages that travel in one message: the other side takes each within a millisecond or two. */
const packagesPerMessage = 1000

const { compressed, format } = workerData as { readonly compressed: Uint8Array; readonly format: SbomFormat }

function read(): SbomContent | SbomProblem {
  const document = unpackSent(compressed)
  return 'code' in document ? document : parseSbom(document.toString(), format)
}

const content = read()
if ('code' in content) parentPort!.postMessage({ problem: content })
else {
  const { packages, ...facts } = content
  for (let start = 0; start < packages.length; start += packagesPerMessage)
    parentPort!.postMessage({ packages: packages.slice(start, start + packagesPerMessage) })
  parentPort!.postMessage({ facts })
}
