import { compareDigits } from './order.ts'

/**
 * Debian and Ubuntu: `epoch:upstream-revision`; `~` sorts before everything, the end of the text included.
 * https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */
export function compareDpkg(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)]
  return (
    compareDigits(x.epoch, y.epoch) ||
    compareParts(x.upstream, y.upstream) ||
    compareParts(x.revision, y.revision)
  )
}

function parts(version: string) {
  const [, epoch = '0', rest = ''] = /^(?:(\d+):)?(.*)$/s.exec(version.trim()) ?? []
  const dash = rest.lastIndexOf('-')
  if (dash < 0) return { epoch, upstream: rest, revision: '' }
  return { epoch, upstream: rest.slice(0, dash), revision: rest.slice(dash + 1) }
}

/** Runs without and with digits, in turns. */
function compareParts(a: string, b: string): number {
  const [x, y] = [a.match(runs) ?? [], b.match(runs) ?? []]
  for (let place = 0; place < Math.max(x.length, y.length); place++) {
    const [, textA = '', digitsA = ''] = one.exec(x[place] ?? '') ?? []
    const [, textB = '', digitsB = ''] = one.exec(y[place] ?? '') ?? []
    const order = compareTexts(textA, textB) || compareDigits(digitsA, digitsB)
    if (order !== 0) return order
  }
  return 0
}

const runs = /\D+\d*|\d+/g
const one = /^(\D*)(\d*)$/

function compareTexts(a: string, b: string): number {
  for (let place = 0; place < Math.max(a.length, b.length); place++) {
    const order = weight(a, place) - weight(b, place)
    if (order !== 0) return order
  }
  return 0
}

/** `~`, then the end, then letters, then all else. */
function weight(text: string, place: number): number {
  if (place >= text.length) return 0
  const unit = text.charCodeAt(place)
  if (unit === 0x7e) return -1
  const letter = (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a)
  return letter ? unit : unit + 0x10000
}
