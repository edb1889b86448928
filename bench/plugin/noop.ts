import { join } from 'node:path'
import { temporaryFolder } from '../../interop/harness/folder.ts'
import { openWorkspace, type Workspace } from '../../interop/harness/workspace.ts'
import type { Figure, Reading } from '../figure.ts'
import { inRounds, timed } from '../rounds.ts'
import { goPeer } from './go-peer.ts'
import { installInto } from './image-builds.ts'
import { bundledPeer, packer } from './plugins.ts'

type Peer = 'tspeer' | 'gopeer'

/** A template in which the plugin has one component of a kind, and everything else is packer's own. */
const templates: Readonly<Record<string, (plugin: Peer) => string>> = {
  builder: (plugin) => withBuild(plugin, { source: `${plugin}-noop` }),
  provisioner: (plugin) => withBuild(plugin, { inside: `provisioner "${plugin}-noop" {}` }),
  'post-processor': (plugin) => withBuild(plugin, { inside: `post-processor "${plugin}-noop" {}` }),
  'data source': (plugin) =>
    `data "${plugin}-noop" "x" {}\nlocals { x = data.${plugin}-noop.x.name }\n${withBuild(plugin, {})}`,
}

export const noop: Figure = {
  name: 'plugin-noop',
  title: 'packer 1.16.0 validates and builds with one component that does nothing, a home that is not new',
  async measure({ quick }) {
    packer()
    using plugins = temporaryFolder()
    using bundle = await bundledPeer()
    await installInto(plugins.path, { name: 'tspeer', file: bundle.file })
    await installInto(plugins.path, { name: 'gopeer', file: await goPeer() })
    using workspace = openWorkspace({ version: '1.16.0', access: {}, plugins: plugins.path })
    const readings: Reading[] = []
    for (const [kind, template] of Object.entries(templates)) {
      const runs = Object.fromEntries(
        (['tspeer', 'gopeer'] as const).map((plugin) => {
          const file = workspace.write(join(plugin, `${kind.replace(' ', '-')}.pkr.hcl`), template(plugin))
          return [plugin, (command: string) => () => timed(() => run(workspace, command, file))]
        }),
      )
      for (const command of ['validate', 'build']) {
        const [ours, ...peers] = await inRounds(quick ? 5 : 11, [
          [`${command}, ${kind}`, runs['tspeer']!(command)],
          ['Go peer', runs['gopeer']!(command)],
        ])
        const aim = command === 'build' ? ({ of: 'excess', atMost: 60 } as const) : undefined
        readings.push({ ...ours!, unit: 'ms', peers, ...(aim ? { aim } : {}) })
      }
    }
    return readings
  },
}

async function run(workspace: Workspace, command: string, file: string): Promise<void> {
  const { exitCode, output } = await workspace.packer([command, file])
  if (exitCode !== 0) throw new Error(`packer ${command} ended with status ${exitCode}:\n${output}`)
}

function withBuild(plugin: Peer, { source = 'null', inside = '' }): string {
  const communicator = source === 'null' ? 'communicator = "none"' : ''
  return `
packer {
  required_plugins {
    ${plugin} = {
      source  = "github.com/acme/${plugin}"
      version = ">= 1.0.0"
    }
  }
}

source "${source}" "x" {
  ${communicator}
}

build {
  sources = ["source.${source}.x"]
  ${inside}
}
`
}
