import { readdir, stat } from 'node:fs/promises'
import { join, parse } from 'node:path'

/** Whether a path has wildcards: `*`, `?` or `[…]`. */
export function isPattern(path: string): boolean {
  return /[*?[]/.test(path)
}

/**
 * The paths that match, in order; wildcards stop at slashes. A path without wildcards matches itself, where it is there.
 * The slash at the end of a path stays.
 */
export async function glob(pattern: string): Promise<readonly string[]> {
  const { root } = parse(pattern)
  const end = /[/\\]$/.test(pattern.slice(root.length)) ? '/' : ''
  let found = [root]
  for (const segment of pattern
    .slice(root.length)
    .split(/[/\\]+/)
    .filter(Boolean)) {
    found = (await Promise.all(found.map((folder) => within(folder, segment)))).flat()
  }
  return found.map((path) => path + end)
}

async function within(folder: string, segment: string): Promise<string[]> {
  if (!isPattern(segment)) {
    const path = join(folder, segment)
    return (await isThere(path)) ? [path] : []
  }
  const matches = matcher(segment)
  const names = await readdir(folder || '.').catch(() => [])
  return names
    .filter((name) => matches.test(name))
    .sort()
    .map((name) => join(folder, name))
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

const part = /\*+|\?|\[([!^]?)([^\]]+)\]|[\s\S]/g

/** Names are short, and adjacent asterisks are one, so the expression has little to try. */
function matcher(segment: string): RegExp {
  const source = segment.replace(part, (text, not: string | undefined, set: string | undefined) => {
    if (text.startsWith('*')) return '[^/]*'
    if (text === '?') return '[^/]'
    if (set !== undefined) return `[${not ? '^' : ''}${set.replace(/[\\\]^[]/g, '\\$&')}]`
    return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  })
  return new RegExp(`^${source}$`, 'u')
}
