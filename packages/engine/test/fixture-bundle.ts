import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildSync } from 'esbuild'
import { afterAll } from 'vitest'

let bundle: string | undefined

afterAll(() => {
  if (bundle) rmSync(dirname(bundle), { recursive: true })
})

/** The fixture plugin in one file, since a process that reads a hundred sources takes a second to start. */
export function fixturePlugin(): string {
  bundle ??= makeBundle()
  return bundle
}

function makeBundle(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ingot-fixture-'))
  const outfile = join(folder, 'fixture-plugin.mjs')
  const entryPoints = [join(import.meta.dirname, 'fixture-plugin.ts')]
  // Dependencies in CommonJS call `require`, which modules do not have.
  const banner = {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
  }
  buildSync({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', banner })
  return outfile
}
