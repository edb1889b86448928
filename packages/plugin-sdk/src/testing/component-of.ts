import { DefinitionError } from '../errors/definition-error.ts'
import type { Plugin } from '../plugin/define-plugin.ts'

/** What kinds of components a plugin has. */
type Kind = 'builders' | 'provisioners' | 'postProcessors' | 'datasources'

/** A configuration of a component that is named by its plugin: its fields are checked when it is decoded. */
export type AnyConfig = Readonly<Record<string, unknown>>

/** The component itself, or the one that a plugin has of its kind, or has under the name. */
export function componentOf<Component extends { readonly definition: unknown }>(
  given: Component | Plugin,
  kind: Kind,
  name?: string,
): Component {
  if ('definition' in given) return given
  const components: Readonly<Record<string, unknown>> = given[kind]
  const names = Object.keys(components)
  const wanted = name ?? (names.length === 1 ? names[0]! : undefined)
  if (wanted !== undefined && Object.hasOwn(components, wanted)) return components[wanted] as Component
  const has = names.length === 0 ? `no ${kind}` : `the ${kind} ${names.join(', ')}`
  throw new DefinitionError(`The plugin "${given.name}" has ${has}: name one of them`)
}
