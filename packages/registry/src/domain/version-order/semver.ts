import { compareDigits, compareLists, compareText } from './order.ts'

/**
 * npm, Go, crates.io and others (https://semver.org/#spec-item-11), and NuGet, whose versions have four numbers. Missing numbers are 0,
 * a `v` before them and what follows a `+` are no matter.
 */
export function compareSemver(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)]
  return (
    compareLists(x.numbers, y.numbers, compareDigits, '0') ||
    Number(x.prerelease.length === 0) - Number(y.prerelease.length === 0) ||
    compareLists<string | undefined>(x.prerelease, y.prerelease, comparePrerelease, undefined)
  )
}

function parts(version: string) {
  const [, numbers = '', rest = ''] = /^v?(\d*(?:\.\d+)*)([^+]*)/.exec(version.trim()) ?? []
  return { numbers: numbers.split('.'), prerelease: rest === '' ? [] : rest.replace(/^-/, '').split('.') }
}

function comparePrerelease(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  const [x, y] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (x && y) return compareDigits(a, b)
  return Number(y) - Number(x) || compareText(a, b)
}
