import type { Build, Version } from '@ingot/client'
import { NotFoundError } from '../explain.ts'
import { versionWord } from '../output/words.ts'

/**
 * A build of a version by its component or id; the only one when none is named.
 *
 * @throws NotFoundError with those there are
 */
export function buildCalled(version: Version, name: string | undefined): Build {
  const { builds } = version
  if (name === undefined && builds.length === 1) return builds[0]!
  const found = builds.find((each) => each.component_type === name || each.id === name)
  if (found) return found
  const known = builds.map((each) => each.component_type).join(', ') || 'none'
  const what = name === undefined ? 'more or less than one build: say which' : `no build ${name}`
  throw new NotFoundError(`${version.bucket_name} ${versionWord(version)} has ${what}. It has ${known}.`)
}
