import { basename } from 'node:path'
import type { InputArtifact, TemplateFunction } from '@ingot/plugin-sdk'
import { type Algorithm, algorithms, type Checksums } from './checksums.ts'

/** What the templates of the options read as `{{ .NAME }}`. What an artifact does not have is refused when it is read. */
export function templateData(artifact: InputArtifact, checksums: Checksums): Record<string, unknown> {
  const { id, builderId, files } = artifact
  const first = () => known(files[0], 'The artifact has no files')
  const data = {
    BuilderId: builderId,
    Files: files,
    get ID() {
      return known(id || undefined, 'The artifact has no id')
    },
    get File() {
      return first()
    },
    get FileName() {
      return basename(first())
    },
  }
  for (const algorithm of algorithms) {
    const get = () => checksumOf(checksums, algorithm, first())
    Object.defineProperty(data, algorithm.toUpperCase(), { get, enumerable: true })
  }
  return data
}

/** What they call, each with a file's name. */
export function templateFunctions(checksums: Checksums): Readonly<Record<string, TemplateFunction>> {
  const sums = algorithms.map((algorithm) => {
    const sum: TemplateFunction = (file) => checksumOf(checksums, algorithm, String(file))
    return [algorithm, sum] as const
  })
  return { ...Object.fromEntries(sums), basename: (file) => basename(String(file)) }
}

function checksumOf(checksums: Checksums, algorithm: Algorithm, file: string): string {
  return known(checksums.get(algorithm)?.get(file), `The artifact has no file ${file}`)
}

function known<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new Error(otherwise)
  return value
}
