import { EngineError } from '../errors.ts'
import { compareNumbers, type PluginVersion } from './plugin-version.ts'

/** Says whether a plugin's version is wanted. Pre-releases count as their release, as in packer. */
export type VersionConstraint = (version: PluginVersion) => boolean

const term = /^(=|!=|>=|<=|>|<|~>)?\s*v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?$/

/**
 * Reads what a `required_plugins` block calls `version`: `= != > >= < <= ~>`, joined by commas that mean "and".
 *
 * @throws EngineError `plan.invalid`
 */
export function parseConstraint(text: string): VersionConstraint {
  const terms = text.split(',').map((part) => parseTerm(part.trim(), text))
  return (version) => terms.every((allows) => allows(version))
}

function parseTerm(part: string, whole: string): VersionConstraint {
  const match = term.exec(part)
  if (!match) {
    throw new EngineError(
      'plan.invalid',
      `"${whole}" is no version constraint. Write for example ">= 1.2.0, < 2.0.0" or "~> 1.2"; pre-releases cannot be named.`,
    )
  }
  const wanted = match
    .slice(2, 5)
    .filter((segment) => segment !== undefined)
    .map(Number)
  return allowing(match[1] ?? '=', wanted)
}

function allowing(operator: string, wanted: readonly number[]): VersionConstraint {
  const to = (version: PluginVersion) => compareNumbers(version.numbers, wanted)
  switch (operator) {
    case '!=':
      return (version) => to(version) !== 0
    case '>':
      return (version) => to(version) > 0
    case '>=':
      return (version) => to(version) >= 0
    case '<':
      return (version) => to(version) < 0
    case '<=':
      return (version) => to(version) <= 0
    case '~>':
      return (version) => to(version) >= 0 && sameLead(version, wanted)
    default:
      return (version) => to(version) === 0
  }
}

/** `~> 1.2` allows any 1.x from 1.2 on, `~> 1.2.3` any 1.2.x from 1.2.3 on. */
function sameLead(version: PluginVersion, wanted: readonly number[]): boolean {
  return wanted.slice(0, -1).every((segment, place) => version.numbers[place] === segment)
}
