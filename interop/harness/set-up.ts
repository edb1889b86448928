import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type PackerVersion, packerVersions } from '../toolchain/programs.ts'
import { temporaryFolder } from './folder.ts'
import { ingot } from './ingot.ts'
import { startRegistry } from './registry.ts'
import { openWorkspace } from './workspace.ts'

const source = 'github.com/ingot/tarball'
const entry = join(import.meta.dirname, '..', '..', 'examples', 'tarball', 'src', 'plugin.ts')

// Ending the usual way runs what ends the registry; vitest itself does so on Ctrl-C only.
process.once('SIGTERM', () => process.exit(143))
process.once('SIGHUP', () => process.exit(129))

/** One registry and one bundled plugin for all scenarios, each of which has buckets of its own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await using started = new AsyncDisposableStack()
  const folder = started.use(temporaryFolder())
  const registry = started.use(await startRegistry())
  const plugin = join(folder.path, 'packer-plugin-tarball')
  await ingot('plugin', 'bundle', entry, '--out', plugin)
  const plugins: Record<string, string> = {}
  for (const version of packerVersions) {
    plugins[version] = await install(plugin, version, join(folder.path, version))
  }
  const { access, dataDir } = registry
  project.provide('world', { access, dataDir, plugin, plugins })
  const rest = started.move()
  return async () => {
    await using _ = rest
    const status = await registry.stop()
    if (status !== 0) throw new Error(`The registry ended with status ${status} when it was asked to stop.`)
  }
}

/** As a user does it: packer itself copies the file and writes its checksum. */
async function install(plugin: string, version: PackerVersion, target: string): Promise<string> {
  mkdirSync(target, { recursive: true })
  using workspace = openWorkspace({ version, access: {} })
  const { exitCode, output } = await workspace.packer(['plugins', 'install', '--path', plugin, source], {
    env: { PACKER_PLUGIN_PATH: target },
  })
  if (exitCode !== 0) throw new Error(`packer ${version} could not install the plugin:\n${output}`)
  return target
}
