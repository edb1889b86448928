import { compareDigits, compareLists, compareText } from './order.ts'

/**
 * Alpine: `1.2.3a_rc1-r4`: numbers, a letter, suffixes that stand before or after the release, and the build of the package.
 * https://wiki.alpinelinux.org/wiki/APKBUILD_Reference#pkgver
 */
export function compareApk(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)]
  return (
    compareLists(x.numbers, y.numbers, compareNumbers, '') ||
    compareText(x.letter, y.letter) ||
    compareLists(x.suffixes, y.suffixes, compareSuffixes, none) ||
    compareDigits(x.build, y.build) ||
    compareText(x.rest, y.rest)
  )
}

interface Suffix {
  readonly rank: number
  readonly number: string
}

const before = ['alpha', 'beta', 'pre', 'rc']
const after = ['cvs', 'svn', 'git', 'hg', 'p']
const none: Suffix = { rank: 0, number: '' }

const shape =
  /^(\d*(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:~[0-9a-f]+)?(?:-r(\d+))?(.*)$/s

function parts(version: string) {
  const [, numbers = '', letter = '', suffixes = '', build = '0', rest = ''] =
    shape.exec(version.trim()) ?? []
  return {
    ...{ numbers: numbers.split('.'), letter, build, rest },
    suffixes: [...suffixes.matchAll(/_([a-z]+)(\d*)/g)].map(([, word = '', number = '']) => ({
      ...{ rank: rank(word), number },
    })),
  }
}

/** A version that goes on is newer than one that ends. */
function compareNumbers(a: string, b: string): number {
  return Number(a !== '') - Number(b !== '') || compareDigits(a, b)
}

function compareSuffixes(a: Suffix, b: Suffix): number {
  return a.rank - b.rank || compareDigits(a.number, b.number)
}

function rank(word: string): number {
  return before.includes(word) ? before.indexOf(word) - before.length : after.indexOf(word) + 1
}
