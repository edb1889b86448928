import { DEFAULT_COMPONENT, type PluginSet } from '@ingot/plugin-rpc'
import type { BuilderComponent } from '../builder/definition.ts'
import { HostedBuilder } from '../builder/hosted-builder.ts'
import type { DatasourceComponent } from '../datasource/definition.ts'
import { HostedDatasource } from '../datasource/hosted-datasource.ts'
import { DefinitionError } from '../errors/definition-error.ts'
import type { PostProcessorComponent } from '../post-processor/definition.ts'
import { HostedPostProcessor } from '../post-processor/hosted-post-processor.ts'
import type { ProvisionerComponent } from '../provisioner/definition.ts'
import { HostedProvisioner } from '../provisioner/hosted-provisioner.ts'
import { checkComponentName, checkPluginName, checkVersion } from './names.ts'
import { SDK_VERSION } from './sdk-version.ts'
import type { Surroundings } from './surroundings.ts'

/** What a plugin is: see {@link definePlugin}. */
export interface PluginDefinition {
  /** As in `packer-plugin-NAME`: lower case letters, digits and single dashes. */
  readonly name: string
  /** Semantic version without `v`; `-dev` is the one pre-release that Packer installs. */
  readonly version: string
  /**
   * By component name: `image` of the plugin `tarball` is `tarball-image` in templates, and
   * {@link DEFAULT_COMPONENT} is `tarball` itself.
   */
  // biome-ignore lint/suspicious/noExplicitAny: builders of any configuration
  readonly builders?: Readonly<Record<string, BuilderComponent<any, any>>>
  // biome-ignore lint/suspicious/noExplicitAny: provisioners of any configuration
  readonly provisioners?: Readonly<Record<string, ProvisionerComponent<any>>>
  // biome-ignore lint/suspicious/noExplicitAny: post-processors of any configuration
  readonly postProcessors?: Readonly<Record<string, PostProcessorComponent<any>>>
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
  const plugin = { builders: {}, provisioners: {}, postProcessors: {}, datasources: {}, ...definition }
  checkPluginName(plugin.name)
  checkVersion(plugin.version)
  const names = [
    ...named('builder', plugin.builders),
    ...named('provisioner', plugin.provisioners),
    ...named('post-processor', plugin.postProcessors),
    ...named('data source', plugin.datasources),
  ]
  if (names.length === 0)
    throw new DefinitionError(`The plugin "${plugin.name}" has no components: give it one, such as a builder`)
  return plugin
}

function named(kind: string, components: Readonly<Record<string, unknown>>): string[] {
  for (const name of Object.keys(components)) checkComponentName(kind, name)
  return Object.keys(components)
}

/** The plugin as the wire serves it. */
export function pluginSet(plugin: Plugin, around: Omit<Surroundings, 'builderId'>): PluginSet {
  const inside = (name: string): Surroundings => ({ ...around, builderId: defaultBuilderId(plugin, name) })
  return {
    name: plugin.name,
    version: plugin.version,
    sdkVersion: SDK_VERSION,
    builders: mapEntries(plugin.builders, (name, each) => () => new HostedBuilder(each, inside(name))),
    provisioners: mapEntries(
      plugin.provisioners,
      (name, each) => () => new HostedProvisioner(each, inside(name)),
    ),
    postProcessors: mapEntries(
      plugin.postProcessors,
      (name, each) => () => new HostedPostProcessor(each, inside(name)),
    ),
    datasources: mapEntries(
      plugin.datasources,
      (name, each) => () => new HostedDatasource(each, inside(name)),
    ),
  }
}

function defaultBuilderId(plugin: Plugin, component: string): string {
  return component === DEFAULT_COMPONENT ? plugin.name : `${plugin.name}.${component}`
}

function mapEntries<From, To>(
  record: Readonly<Record<string, From>>,
  change: (name: string, value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(name, value)]))
}
