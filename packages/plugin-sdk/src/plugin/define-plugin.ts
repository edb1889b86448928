import type { BuilderComponent } from '../builder/definition.ts'
import type { DatasourceComponent } from '../datasource/definition.ts'

/** What a plugin is: see {@link definePlugin}. */
export interface PluginDefinition {
  /** As in `packer-plugin-NAME`: lower case letters, digits and single dashes. */
  readonly name: string
  /** Semantic version without `v`; `-dev` is the one pre-release that Packer installs. */
  readonly version: string
  /** By component name: `image` of the plugin `tarball` is `tarball-image` in templates. */
  // biome-ignore lint/suspicious/noExplicitAny: builders of any configuration
  readonly builders?: Readonly<Record<string, BuilderComponent<any, any>>>
  // biome-ignore lint/suspicious/noExplicitAny: data sources of any configuration
  readonly datasources?: Readonly<Record<string, DatasourceComponent<any, any>>>
}

/** A plugin. Importing it starts nothing: the bundle serves it, or {@link serve} does. */
export type Plugin = Required<PluginDefinition>

/**
 * Defines a plugin of its components.
 * @throws DefinitionError for names and versions that Packer would not take.
 *
 * @example
 * export const plugin = definePlugin({ name: 'tarball', version: '1.0.0', builders: { image: tarball } })
 */
export function definePlugin(definition: PluginDefinition): Plugin {
  return { builders: {}, datasources: {}, ...definition }
}
