import { execFile } from 'node:child_process'
import { messageOf } from '../../errors/message-of.ts'
import { findProgram } from '../files/find-program.ts'

/** No CD could be made. */
export class CdError extends Error {
  override readonly name = 'CdError'
}

interface Iso {
  /** The folder whose content goes onto it. */
  readonly folder: string
  readonly path: string
  readonly label: string
}

/** How each program is told to write long names for Windows and for others; the first that is there is taken. */
const programs = {
  xorriso: ({ folder, path, label }: Iso) => [
    '-as',
    'genisoimage',
    '-rock',
    '-joliet',
    '-volid',
    label,
    '-output',
    path,
    folder,
  ],
  mkisofs: ({ folder, path, label }: Iso) => ['-rock', '-joliet', '-volid', label, '-o', path, folder],
  hdiutil: ({ folder, path, label }: Iso) => [
    'makehybrid',
    '-hfs',
    '-joliet',
    '-iso',
    '-default-volume-name',
    label,
    '-o',
    path,
    folder,
  ],
  oscdimg: ({ folder, path, label }: Iso) => ['-j1', '-o', '-m', `-l${label}`, folder, path],
}
type Program = keyof typeof programs

/** @throws CdError where there is no program for it, or it fails. */
export async function makeIso(iso: Iso, signal: AbortSignal, env = process.env): Promise<void> {
  const names = Object.keys(programs) as Program[]
  const program = await findProgram(names, env)
  if (!program) {
    throw new CdError(`Making a CD takes one of ${names.join(', ')}, but the PATH has none: install xorriso`)
  }
  await run(program, programs[program.name](iso), signal)
}

function run(
  { name, path }: { readonly name: Program; readonly path: string },
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(path, args, { signal, maxBuffer: 1_048_576 }, (error, _, stderr) => {
      if (!error) return resolve()
      if (signal.aborted) return reject(signal.reason)
      const last = stderr.trim().split('\n').slice(-3).join('\n') || messageOf(error)
      reject(new CdError(`${name} made no CD: ${last}`))
    })
  })
}
