import { PackerTestError } from './packer-error.ts'

type Parts = readonly [number, number, number]
type Rule = (version: Parts) => boolean

const form = /^(=|!=|>|>=|<|<=|~>)?\s*v?(\d+(?:\.\d+){0,2})$/

/**
 * Reads a version constraint as in `required_version`: comparisons joined by commas, all of which must hold. A version
 * alone means exactly that one.
 * @throws PackerTestError for anything else.
 */
export function versionConstraint(text: string): (version: string) => boolean {
  const rules = text.split(',').map((part) => rule(part.trim(), text))
  return (version) => rules.every((holds) => holds(parts(version)))
}

function rule(text: string, whole: string): Rule {
  const [, operator = '=', version] = form.exec(text) ?? []
  if (version === undefined) {
    const examples = '1.16.0, ">= 1.11.0, < 2.0.0" or "~> 1.11"'
    throw new PackerTestError('constraint', `"${whole}" is no version of packer: write ${examples}`)
  }
  const wanted = parts(version)
  if (operator === '~>') return pessimistic(wanted, version.split('.').length)
  return (given) => comparisons[operator]!(compare(given, wanted))
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
}

/** At least the version, and the same in all but the last part that was given. */
function pessimistic(wanted: Parts, given: number): Rule {
  const fixed = Math.max(given - 1, 1)
  return (version) =>
    compare(version, wanted) >= 0 && version.slice(0, fixed).every((part, index) => part === wanted[index])
}

function parts(version: string): Parts {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  return [major, minor, patch]
}

function compare(a: Parts, b: Parts): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}
