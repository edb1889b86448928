import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TemporaryFolder, temporaryFolder } from '../../interop/harness/folder.ts'
import { openWorkspace, type Workspace } from '../../interop/harness/workspace.ts'
import { bundledPlugin, packer, twinPlugin } from './plugins.ts'

/** A plugin as packer has installed it: packer's name for it, and the folder that it lies in. */
export interface Installed {
  readonly name: 'tarball' | 'twin'
  readonly folder: string
}

/** Both plugins, installed by packer itself. */
export interface InstalledPlugins extends Disposable {
  readonly tarball: Installed
  readonly twin: Installed
}

export async function installPlugins(): Promise<InstalledPlugins> {
  packer()
  const folder: TemporaryFolder = temporaryFolder()
  using bundle = await bundledPlugin()
  const install = async (name: Installed['name'], file: string): Promise<Installed> => {
    const target = join(folder.path, name)
    await installInto(target, { name, file })
    return { name, folder: target }
  }
  return {
    tarball: await install('tarball', bundle.file),
    twin: await install('twin', twinPlugin()),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  }
}

/** Has packer itself install a plugin into a folder. */
export async function installInto(
  folder: string,
  { name, file }: { readonly name: string; readonly file: string },
): Promise<void> {
  using workspace = openWorkspace({ version: '1.16.0', access: {} })
  const { exitCode, output } = await workspace.packer(
    ['plugins', 'install', '--path', file, `github.com/acme/${name}`],
    { env: { PACKER_PLUGIN_PATH: folder } },
  )
  if (exitCode !== 0) throw new Error(`packer did not install ${name}:\n${output}`)
}

/** A user's machine of its own, with a template of one image. */
export function imageWorkspace(plugin: Installed, access: Readonly<Record<string, string>>): Workspace {
  const workspace = openWorkspace({ version: '1.16.0', access, plugins: plugin.folder })
  workspace.write('site/index.html', '<h1>site</h1>\n')
  writeFileSync(join(workspace.folder, 'image.pkr.hcl'), template(plugin.name))
  return workspace
}

/** Runs `packer build` to its end; throws what packer said when it did not succeed. */
export async function buildImage(workspace: Workspace, bucket: string): Promise<void> {
  const { exitCode, output } = await workspace.packer(
    ['build', '-color=false', `-var=bucket=${bucket}`, 'image.pkr.hcl'],
    { limit: 150_000 },
  )
  if (exitCode !== 0) throw new Error(`packer ended with status ${exitCode}:\n${output}`)
}

function template(plugin: string): string {
  return `
packer {
  required_plugins {
    ${plugin} = {
      source  = "github.com/acme/${plugin}"
      version = ">= 0.1.0"
    }
  }
}

variable "bucket" {
  type = string
}

source "${plugin}-image" "site" {
  source  = "site"
  regions = ["eu", "us"]
}

build {
  hcp_packer_registry {
    bucket_name = var.bucket
  }
  sources = ["source.${plugin}-image.site"]
}
`
}
