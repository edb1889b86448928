import { parentPort, workerData } from 'node:worker_threads'
import { subjectsOf } from '../domain/advisory-subject.ts'
import type { NamedPackage, Package, SbomContent, SbomFormat } from '../domain/sbom.ts'
import { parseSbom, type SbomProblem } from './parse-sbom.ts'
import { unpackSent } from './unpack.ts'

/** Packages that travel in one message and are written in one transaction: it holds up all other writes, and whoever is answered. */
const packagesPerMessage = 500

const { compressed, format } = workerData as { readonly compressed: Uint8Array; readonly format: SbomFormat }

function read(): SbomContent | SbomProblem {
  const document = unpackSent(compressed)
  return 'code' in document ? document : parseSbom(document.toString(), format)
}

/** Package URLs take their time to be read: here nobody waits for it, and the first are written meanwhile. */
function named(one: Package): NamedPackage {
  return { ...one, subjects: subjectsOf(one) }
}

const content = read()
if ('code' in content) parentPort!.postMessage({ problem: content })
else {
  const { packages, ...facts } = content
  parentPort!.postMessage({ facts: { ...facts, packageCount: packages.length } })
  for (let start = 0; start < packages.length; start += packagesPerMessage)
    parentPort!.postMessage({ packages: packages.slice(start, start + packagesPerMessage).map(named) })
}
