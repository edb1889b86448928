import type { Builder, Datasource, PostProcessor, Provisioner } from '../components.ts'

/** The name in a {@link PluginSet} that stands for the plugin itself: `tarball` rather than `tarball-image`. */
export const DEFAULT_COMPONENT = '-packer-default-plugin-name-'

/** What a plugin offers: names of components without the plugin's own name before them. */
export interface PluginSet {
  /** Only for messages; the name in templates comes from the file's name or the template. */
  readonly name?: string
  /** Semantic version without `v`, equal to the one in the installed file's name. */
  readonly version: string
  readonly sdkVersion: string
  /** Each is called once per process, since every process serves one component. */
  readonly builders?: Readonly<Record<string, () => Builder>>
  readonly provisioners?: Readonly<Record<string, () => Provisioner>>
  readonly postProcessors?: Readonly<Record<string, () => PostProcessor>>
  readonly datasources?: Readonly<Record<string, () => Datasource>>
}
