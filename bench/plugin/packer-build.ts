import type { Figure } from '../figure.ts'
import { inRounds, timed } from '../rounds.ts'
import { startRegistryServer } from '../servers/registry-server.ts'
import { buildImage, type Installed, imageWorkspace, installPlugins } from './image-builds.ts'

export const packerBuild: Figure = {
  name: 'packer-build',
  title: 'packer 1.16.0 builds one image and publishes it; a fresh home each time',
  async measure({ quick }) {
    using plugins = await installPlugins()
    await using registry = await startRegistryServer()
    let count = 0
    const build = (plugin: Installed) => async () => {
      using workspace = imageWorkspace(plugin, registry.access)
      return await timed(() => buildImage(workspace, `bench-${count++}`))
    }
    const [ours, ...peers] = await inRounds(quick ? 9 : 15, [
      ['builder in TypeScript', build(plugins.tarball)],
      ['Go twin', build(plugins.twin)],
    ])
    return [{ ...ours!, unit: 'ms', peers, aim: { of: 'excess', atMost: 60 } }]
  },
}
