import { compareDigits, compareText } from './order.ts'

/**
 * Red Hat and its kin: `epoch:version-release`; `~` sorts before, `^` after the end of what it follows.
 * https://rpm-software-management.github.io/rpm/man/rpm-version.7
 */
export function compareRpm(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)]
  return (
    compareDigits(x.epoch, y.epoch) ||
    compareParts(x.version, y.version) ||
    compareParts(x.release, y.release)
  )
}

function parts(text: string) {
  const [, epoch = '0', rest = ''] = /^(?:(\d+):)?(.*)$/s.exec(text.trim()) ?? []
  const dash = rest.lastIndexOf('-')
  if (dash < 0) return { epoch, version: rest, release: '' }
  return { epoch, version: rest.slice(0, dash), release: rest.slice(dash + 1) }
}

function compareParts(a: string, b: string): number {
  const [x, y] = [a.match(segments) ?? [], b.match(segments) ?? []]
  for (let place = 0; ; place++) {
    const [one, other] = [x[place], y[place]]
    if (one === undefined && other === undefined) return 0
    const order = compareSegments(one, other)
    if (order !== 0) return order
  }
}

/** Separators only separate. */
const segments = /\d+|[A-Za-z]+|~|\^/g

function compareSegments(a: string | undefined, b: string | undefined): number {
  const order = kind(a) - kind(b)
  if (order !== 0 || a === undefined || b === undefined) return order
  return kind(a) === numeric ? compareDigits(a, b) : compareText(a, b)
}

const numeric = 4

/** `~`, then the end, then `^`, then letters, then numbers. */
function kind(segment: string | undefined): number {
  if (segment === undefined) return 1
  if (segment === '~') return 0
  if (segment === '^') return 2
  return /^\d/.test(segment) ? numeric : 3
}
