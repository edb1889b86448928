import type { Build } from './build.ts'
import { isBefore, packerVersion } from './source-channel.ts'
import type { Instant } from './time.ts'

/** A build that has not said for this long that it runs counts as cancelled; packer says so every two minutes. Milliseconds. */
export const heartbeatSilence = 10 * 60_000
/** The same for publishers that never say it: packer before 1.8.3, and programs that do not name themselves. Milliseconds. */
export const silenceWithoutHeartbeat = 24 * 3_600_000

/** How long the publisher of a build may be silent before the build counts as cancelled. Milliseconds. */
export function patience(sourceChannel: string): number {
  return beats(sourceChannel) ? heartbeatSilence : silenceWithoutHeartbeat
}

/** Whether a running build has been silent for longer than its publisher may be. */
export function isStalled(
  build: Pick<Build, 'status' | 'heartbeatAt' | 'updatedAt' | 'sourceChannel'>,
  now: Instant,
): boolean {
  const heard = build.heartbeatAt ?? build.updatedAt
  return build.status === 'running' && now - heard > patience(build.sourceChannel)
}

function beats(sourceChannel: string): boolean {
  if (/^ingot\//.test(sourceChannel)) return true
  const packer = packerVersion(sourceChannel)
  return packer !== undefined && !isBefore(packer, [1, 8, 3])
}
