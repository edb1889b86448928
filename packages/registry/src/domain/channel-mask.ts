import type { ChannelWish } from './channel.ts'
import { Refusal } from './refusal.ts'
import { firstOf, type VersionWords } from './version-words.ts'

const paths2023 = ['versionFingerprint', 'restricted']

/** Reads the update mask of the 2023 interface: a named field that is absent is cleared. */
export function readMask(words: {
  readonly updateMask?: string
  readonly versionFingerprint?: string
  readonly restricted?: boolean
}): ChannelWish | Refusal {
  const { updateMask = '', versionFingerprint = '', restricted = false } = words
  const paths = pathsOf(updateMask)
  if (paths.length === 0) return new Refusal('channel.mask-absent', {})
  const wish: { version?: VersionWords; restricted?: boolean } = {}
  for (const path of paths) {
    if (path === 'versionFingerprint' || path === 'version_fingerprint') wish.version = { versionFingerprint }
    else if (path === 'restricted') wish.restricted = restricted
    else return new Refusal('channel.mask-unknown', { field: 'update_mask', path, known: paths2023 })
  }
  return wish
}

/** The fields of the 2021 interface that name a version. */
const versionPaths: Readonly<Record<string, keyof VersionWords>> = {
  iterationId: 'versionId',
  iteration_id: 'versionId',
  fingerprint: 'versionFingerprint',
  incrementalVersion: 'versionNumber',
  incremental_version: 'versionNumber',
}
const paths2021 = ['restriction', 'iterationId', 'fingerprint', 'incrementalVersion']

/**
 * Reads the mask of the 2021 interface. Without one every field is written, and the first that names a version counts. A
 * restriction that was not said is left as it is.
 */
export function readOldMask({
  mask = '',
  restricted,
  ...words
}: VersionWords & { readonly mask?: string; readonly restricted?: boolean }): ChannelWish | Refusal {
  const restriction = restricted === undefined ? {} : { restricted }
  const paths = pathsOf(mask)
  if (paths.length === 0) return { version: firstOf(words), ...restriction }
  const strange = paths.find((path) => path !== 'restriction' && !Object.hasOwn(versionPaths, path))
  if (strange !== undefined)
    return new Refusal('channel.mask-unknown', { field: 'mask', path: strange, known: paths2021 })
  const named = paths.flatMap((path) => versionPaths[path] ?? [])
  const version = Object.fromEntries(named.map((name) => [name, words[name]])) as VersionWords
  return { ...(named.length > 0 && { version }), ...(paths.includes('restriction') && restriction) }
}

function pathsOf(mask: string): readonly string[] {
  return mask.split(',').flatMap((path) => path.trim() || [])
}
