import type { Figure, Reading } from '../figure.ts'
import { timed } from '../rounds.ts'
import { startRegistryServer } from '../servers/registry-server.ts'
import { buildImage, type Installed, imageWorkspace, installPlugins } from './image-builds.ts'

export const parallelBuilds: Figure = {
  name: 'parallel-builds',
  title:
    'so many packer builds at once, one service principal, no token cached: wall time, and how many succeed',
  async measure({ quick }) {
    using plugins = await installPlugins()
    await using registry = await startRegistryServer()
    const readings: Reading[] = []
    for (const count of quick ? [4, 16] : [4, 16, 64]) {
      const published = await atOnce(count, plugins.tarball, registry.access)
      const alone = await atOnce(count, plugins.tarball, { HCP_PACKER_REGISTRY: 'off' })
      readings.push(
        {
          name: `${count} at once`,
          unit: 'ms',
          samples: [published.milliseconds],
          peers: [{ name: 'the same without a registry', samples: [alone.milliseconds] }],
        },
        {
          name: `${count} at once, succeeded`,
          unit: '',
          samples: [published.succeeded],
          aim: { of: 'value', atLeast: count },
        },
      )
    }
    return readings
  },
}

interface Wave {
  readonly milliseconds: number
  readonly succeeded: number
}

async function atOnce(
  count: number,
  plugin: Installed,
  access: Readonly<Record<string, string>>,
): Promise<Wave> {
  using stack = new DisposableStack()
  const workspaces = Array.from({ length: count }, () => stack.use(imageWorkspace(plugin, access)))
  let succeeded = 0
  const milliseconds = await timed(() =>
    Promise.all(
      workspaces.map(async (workspace, index) => {
        try {
          await buildImage(workspace, `at-once-${count}-${index}`)
          succeeded++
        } catch (error) {
          console.error(error instanceof Error ? error.message : error)
        }
      }),
    ),
  )
  return { milliseconds, succeeded }
}
