import { readdir } from 'node:fs/promises'
import { basename, dirname } from 'node:path'

/**
 * An installed plugin that Packer prefers to this one, which has a version under development: the release of that
 * version, or a later one, in the same folder.
 */
export async function outranking(file: string): Promise<string | undefined> {
  const own = versionOf(basename(file))
  if (!own) return
  const names = await readdir(dirname(file)).catch(() => [])
  return names.find((name) => {
    const other = name.endsWith('_SHA256SUM') ? undefined : versionOf(name)
    return other !== undefined && comparison(other, own) > 0
  })
}

/** Three numbers, and whether it is a release: `1.2.3-dev` comes before `1.2.3`. */
function versionOf(name: string): readonly number[] | undefined {
  const [, major, minor, patch, dev] = /_v(\d+)\.(\d+)\.(\d+)(-dev)?_x\d/.exec(name) ?? []
  if (patch !== undefined) return [Number(major), Number(minor), Number(patch), dev ? 0 : 1]
}

function comparison(one: readonly number[], other: readonly number[]): number {
  const differing = one.findIndex((part, index) => part !== other[index])
  return differing < 0 ? 0 : one[differing]! - other[differing]!
}
