import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { everyPackerVersion, goLab, olderPackerVersions, type PackerVersion } from '../toolchain/programs.ts'
import { temporaryFolder } from './folder.ts'
import { ingot } from './ingot.ts'
import { startRegistry } from './registry.ts'
import { openWorkspace } from './workspace.ts'
import type { Lab, World } from './world.ts'

const source = 'github.com/ingot/tarball'
const entry = join(import.meta.dirname, '..', '..', 'examples', 'tarball', 'src', 'plugin.ts')
const lab = join(import.meta.dirname, '..', 'ts-lab', 'plugin.ts')

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
  for (const version of everyPackerVersion) {
    plugins[version] = await install(plugin, version, join(folder.path, version))
  }
  const labs = await installLabs(folder.path)
  const { access, dataDir } = registry
  project.provide('world', { access, dataDir, plugin, plugins, labs })
  const rest = started.move()
  return async () => {
    await using _ = rest
    const status = await registry.stop()
    if (status !== 0) throw new Error(`The registry ended with status ${status} when it was asked to stop.`)
  }
}

/** As a user does it: packer copies the file and writes its checksum, and our command does so for one that cannot. */
async function install(plugin: string, version: PackerVersion, target: string): Promise<string> {
  mkdirSync(target, { recursive: true })
  if (olderPackerVersions.some((each) => each === version)) {
    await ingot('plugin', 'install', plugin, source, '--plugin-dir', target)
    return target
  }
  using workspace = openWorkspace({ version, access: {} })
  const { exitCode, output } = await workspace.packer(['plugins', 'install', '--path', plugin, source], {
    env: { PACKER_PLUGIN_PATH: target },
  })
  if (exitCode !== 0) throw new Error(`packer ${version} could not install the plugin:\n${output}`)
  return target
}

/** The same plugin in both languages, each in a folder of its own. */
async function installLabs(folder: string): Promise<World['labs']> {
  const typescript = join(folder, 'packer-plugin-lab')
  await ingot('plugin', 'bundle', lab, '--out', typescript)
  const installed = async (language: string, file: string): Promise<Lab> => {
    const plugins = join(folder, `lab-${language}`)
    await ingot('plugin', 'install', file, 'github.com/ingot/lab', '--plugin-dir', plugins)
    return { file, plugins }
  }
  return {
    go: await installed('go', goLab.binary),
    typescript: await installed('typescript', typescript),
  }
}
