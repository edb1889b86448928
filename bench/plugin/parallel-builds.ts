import type { Figure, Reading } from '../figure.ts'
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
  const start = performance.now()
  const outcomes = await Promise.allSettled(
    workspaces.map((workspace, index) => buildImage(workspace, `at-once-${count}-${index}`)),
  )
  const milliseconds = performance.now() - start
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected')
  if (failed[0]) console.error(`${failed.length} of ${count} failed; the first: ${failed[0].reason}`)
  return { milliseconds, succeeded: count - failed.length }
}
