import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { bundlePlugin } from '@ingot/plugin-sdk'
import { type TemporaryFolder, temporaryFolder } from '../../interop/harness/folder.ts'
import { goTwin, type Program, packerProgram } from '../../interop/toolchain/programs.ts'
import { Skip } from '../figure.ts'

const example = join(import.meta.dirname, '..', '..', 'examples', 'tarball', 'src', 'plugin.ts')
const peer = join(import.meta.dirname, 'peer-plugin.ts')

/** A plugin as `ingot plugin bundle` makes it, in a folder of its own. */
export interface BundledPlugin extends Disposable {
  readonly file: string
  /** In bytes. */
  readonly size: number
}

/** The example plugin. */
export function bundledPlugin(): Promise<BundledPlugin> {
  return bundled(example)
}

/** The plugin that does what `go-peer/` does. */
export function bundledPeer(): Promise<BundledPlugin> {
  return bundled(peer)
}

async function bundled(entry: string): Promise<BundledPlugin> {
  const folder: TemporaryFolder = temporaryFolder()
  const { file, size } = await bundlePlugin({ entry, outfile: `${folder.path}/` })
  return { file, size, [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

/** The plugin in Go that does the same. */
export function twinPlugin(): string {
  return cached(goTwin)
}

export function packer(): string {
  return cached(packerProgram('1.16.0'))
}

/** The programs are the interop suite's; building them takes minutes and is not for here. */
function cached({ name, binary }: Program): string {
  if (existsSync(binary)) return binary
  throw new Skip(`${name} is not built: run "npm run interop" once, with Go 1.26 or later on the PATH`)
}
