import type { GoTarget } from '@ingot/plugin-rpc'
import { ReleaseError } from './release-error.ts'

/** What a release is for where nothing else is said, in Go's names. */
export const DEFAULT_PLATFORMS = [
  'linux_amd64',
  'linux_arm64',
  'darwin_amd64',
  'darwin_arm64',
  'windows_amd64',
] as const

/** Systems that run a script. On all others, and those are Windows, a plugin must be an executable. */
const scripted = ['linux', 'darwin', 'freebsd', 'openbsd', 'netbsd', 'solaris']

/**
 * The system and processor of `linux_amd64`, or `linux/amd64`.
 * @throws ReleaseError `platform` for anything else.
 */
export function platformOf(text: string): GoTarget {
  const [, os, arch] = /^([a-z0-9]+)[_/]([a-z0-9]+)$/.exec(text) ?? []
  if (os !== undefined && arch !== undefined && [...scripted, 'windows'].includes(os)) return { os, arch }
  const examples = DEFAULT_PLATFORMS.join(', ')
  throw new ReleaseError('platform', `"${text}" is no platform: write it in Go’s names, as ${examples}`)
}

/** Whether a plugin must be an executable there. */
export function needsExecutable({ os }: GoTarget): boolean {
  return os === 'windows'
}
