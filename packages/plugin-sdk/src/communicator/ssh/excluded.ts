/** Whether a path within a directory, with slashes, is one of those that are left out or in one of them. */
export function isExcluded(path: string, excluded: readonly string[]): boolean {
  return excluded.some((each) => {
    const folder = each.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/+$/, '')
    return path === folder || path.startsWith(`${folder}/`)
  })
}

/** Whether a directory's content is meant and not the directory itself: there is a slash at its end, as for rsync. */
export function meansContent(path: string): boolean {
  return /[/\\]$/.test(path)
}
