import { DefinitionError } from '../errors/definition-error.ts'
import type { At } from './decode-field.ts'
import type { Choices, Shape } from './field.ts'
import { knownNames, presence } from './given.ts'

/** Refuses what is given beside what excludes it, and what is missing of a set of which one must be given. */
export function checkChoices(
  { atMostOne = [], exactlyOne = [] }: Choices,
  raw: Readonly<Record<string, unknown>>,
  { path, decoding }: At,
): void {
  for (const names of [...atMostOne, ...exactlyOne]) {
    const found = names.map((name) => [name, presence(raw[name], decoding.placeholders)] as const)
    const given = found.filter(([, how]) => how === 'given').map(([name]) => name)
    const refuse = (all: readonly string[], message: string) =>
      decoding.problems.push({
        path: all.map((name) => (path ? `${path}.${name}` : name)).join(', '),
        message,
      })
    if (given.length > 1) refuse(given, 'exclude each other: give only one of them')
    else if (exactlyOne.includes(names) && found.every(([, how]) => how === 'absent'))
      refuse(names, 'required: give one of them')
  }
}

/** Refuses a declaration that contradicts itself. @throws DefinitionError */
export function checkDeclaration(shape: Shape, { atMostOne = [], exactlyOne = [] }: Choices): void {
  const names = knownNames(shape)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new DefinitionError(`"${twice}" stands for two fields: rename one of them`)
  const foreign = [...atMostOne, ...exactlyOne].flat().find((name) => !Object.hasOwn(shape, name))
  if (foreign !== undefined)
    throw new DefinitionError(`"${foreign}" is among fields that exclude each other, but is no field`)
}
