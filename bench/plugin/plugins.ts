import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { bundlePlugin } from '@ingot/plugin-sdk'
import { type TemporaryFolder, temporaryFolder } from '../../interop/harness/folder.ts'
import { goTwin, type Program, packerProgram } from '../../interop/toolchain/programs.ts'
import { Skip } from '../figure.ts'

const entry = join(import.meta.dirname, '..', '..', 'examples', 'tarball', 'src', 'plugin.ts')

/** The example plugin as `ingot plugin bundle` makes it, in a folder of its own. */
export interface BundledPlugin extends Disposable {
  readonly file: string
}

export async function bundledPlugin(): Promise<BundledPlugin> {
  const folder: TemporaryFolder = temporaryFolder()
  const { file } = await bundlePlugin({ entry, outfile: join(folder.path, 'packer-plugin-tarball') })
  return { file, [Symbol.dispose]: () => folder[Symbol.dispose]() }
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
