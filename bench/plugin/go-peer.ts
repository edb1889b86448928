import { join } from 'node:path'
import { build, isBuilt } from '../../interop/toolchain/build-once.ts'
import { goVersion } from '../../interop/toolchain/go.ts'
import type { Program } from '../../interop/toolchain/programs.ts'
import { Skip } from '../figure.ts'

const bench = join(import.meta.dirname, '..')

const program: Program = {
  name: 'go-peer',
  module: join(bench, 'go-peer'),
  main: '.',
  binary: join(bench, '.cache', 'go-peer', 'packer-plugin-gopeer'),
}

/** Go's side of the figures, built once, in half a minute. */
export async function goPeer(): Promise<string> {
  const go = goVersion()
  if (!go) throw new Skip('there is no "go" on the PATH: install Go 1.26 or later')
  if (!isBuilt(program, go)) await build(program, go)
  return program.binary
}
