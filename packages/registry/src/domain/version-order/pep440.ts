import { compareDigits, compareLists, compareText } from './order.ts'

/**
 * Python: `1!2.0rc1.post2.dev3+local`. What is no such version sorts before all that are.
 * https://packaging.python.org/en/latest/specifications/version-specifiers/
 */
export function comparePep440(a: string, b: string): number {
  const [x, y] = [parts(a), parts(b)]
  if (!x || !y) return Number(x !== undefined) - Number(y !== undefined) || compareText(a.trim(), b.trim())
  return (
    compareDigits(x.epoch, y.epoch) ||
    compareLists(x.release, y.release, compareDigits, '0') ||
    compareStage(x.pre, y.pre) ||
    compareStage(x.post, y.post) ||
    compareStage(x.dev, y.dev) ||
    compareLists<string | undefined>(x.local, y.local, compareLocal, undefined)
  )
}

/** A rank, and a number within it. */
type Stage = readonly [rank: number, number: string]

const shape =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/

function parts(version: string) {
  const [
    matched,
    epoch = '0',
    release = '',
    stage,
    stageNumber = '',
    bare,
    post,
    postNumber = '',
    dev,
    devNumber = '',
    local,
  ] = shape.exec(version.trim().toLowerCase()) ?? []
  if (matched === undefined) return undefined
  const isPost = bare !== undefined || post !== undefined
  const pre: Stage = stage
    ? [ranks[stage[0] as keyof typeof ranks], stageNumber]
    : [dev && !isPost ? -1 : 3, '']
  return {
    ...{ epoch, release: release.split('.'), pre },
    post: [isPost ? 1 : 0, bare ?? postNumber] as Stage,
    dev: [dev ? 0 : 1, devNumber] as Stage,
    local: local?.split(/[-_.]/) ?? [],
  }
}

/** A development release comes before them, the release itself after. */
const ranks = { a: 0, b: 1, p: 2, c: 2, r: 2 } as const

function compareStage([rankA, a]: Stage, [rankB, b]: Stage): number {
  return rankA - rankB || compareDigits(a, b)
}

function compareLocal(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  const [x, y] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (x && y) return compareDigits(a, b)
  return Number(x) - Number(y) || compareText(a, b)
}
