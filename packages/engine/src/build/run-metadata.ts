import { release } from 'node:os'
import { goTarget } from '@ingot/plugin-rpc'
import manifest from '../../package.json' with { type: 'json' }
import type { LocatedPlugin } from './locate-plugins.ts'

/**
 * What the registry keeps of how a build was made, in the shape that packer sends since 1.11; the engine's name is in the
 * version's build metadata.
 */
export function runMetadata(plugin: LocatedPlugin) {
  const target = goTarget()
  return {
    cicd: null,
    packer: {
      options: { debug: false, force: false },
      os: { details: { arch: target.arch, version: release() }, type: target.os },
      plugins: [{ name: plugin.name, version: plugin.description.version }],
      version: `${manifest.version}+ingot`,
    },
    vcs: null,
  }
}
