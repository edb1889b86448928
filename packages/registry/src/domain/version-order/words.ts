import { compareDigits, compareLists, compareText } from './order.ts'

/**
 * RubyGems: numbers and words; a version with a word is older than the one without it.
 * https://docs.ruby-lang.org/en/3.4/Gem/Version.html
 */
export function compareGem(a: string, b: string): number {
  return compareLists(gemSegments(a), gemSegments(b), compareGemSegments, '0')
}

function gemSegments(version: string): readonly string[] {
  const [bare = ''] = version.trim().split('+', 1)
  return bare.replaceAll('-', '.pre.').match(/\d+|[a-z]+/gi) ?? []
}

function compareGemSegments(a: string, b: string): number {
  const [x, y] = [/^\d/.test(a), /^\d/.test(b)]
  if (x && y) return compareDigits(a, b)
  return Number(x) - Number(y) || compareText(a, b)
}

/**
 * Maven, as far as its ordering goes without nesting: known words stand around the release, other words after it, numbers last.
 * https://maven.apache.org/pom.html#Version_Order_Specification
 */
export function compareMaven(a: string, b: string): number {
  return compareLists(mavenItems(a), mavenItems(b), compareMavenItems, release)
}

interface Item {
  readonly rank: number
  readonly text: string
}

const qualifiers = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp']
const synonyms: Readonly<Record<string, string>> = { cr: 'rc', ga: '', final: '', release: '' }
const short: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', m: 'milestone' }
const otherWord = qualifiers.length
const aNumber = otherWord + 1
const release: Item = { rank: qualifiers.indexOf(''), text: '' }

function mavenItems(version: string): readonly Item[] {
  const words =
    version
      .trim()
      .toLowerCase()
      .match(/\d+|[^\d.\-_+]+/g) ?? []
  return words.map((word, place) => {
    if (/^\d/.test(word)) return /^0+$/.test(word) ? release : { rank: aNumber, text: word }
    const numbered = /^\d/.test(words[place + 1] ?? '') ? (short[word] ?? word) : word
    const meant = synonyms[numbered] ?? numbered
    const rank = qualifiers.indexOf(meant)
    return rank < 0 ? { rank: otherWord, text: meant } : { rank, text: meant }
  })
}

function compareMavenItems(a: Item, b: Item): number {
  if (a.rank !== b.rank) return a.rank - b.rank
  return a.rank === aNumber ? compareDigits(a.text, b.text) : compareText(a.text, b.text)
}
