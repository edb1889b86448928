import { arch, platform, release } from 'node:os'
import manifest from '../../package.json' with { type: 'json' }
import { targetOf } from '../discovery/target.ts'
import type { LocatedPlugin } from './locate-plugins.ts'

/**
 * What the registry keeps of how a build was made, in the shape that packer sends since 1.11; the engine's name is in the
 * version's build metadata.
 */
export function runMetadata(plugin: LocatedPlugin) {
  const target = targetOf(platform(), arch())
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
