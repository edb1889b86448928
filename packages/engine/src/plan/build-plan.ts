import type { Plain } from '@ingot/cty'
import type { ResolvedParent } from '../parent.ts'

/** All that a build needs to know: where its metadata goes, which plugins make it, and from what. */
export interface BuildPlan {
  readonly bucket: BucketPlan
  /** Labels that every build of the version carries. */
  readonly buildLabels?: Readonly<Record<string, string>>
  /** Names the version; a version that is not complete yet is continued. Default: a fresh ULID. */
  readonly fingerprint?: string
  /** Channels that get the version once it is complete. */
  readonly channels?: readonly string[]
  /** Where the plugins of the sources come from; one that is not named here is looked for by its name alone. */
  readonly plugins?: Readonly<Record<string, PluginOrigin>>
  readonly sources: readonly SourcePlan[]
  /** Versions that images of this plan may be built from: see `resolveParent`. */
  readonly parents?: readonly ResolvedParent[]
}

/** The bucket as it shall be; it is created where it is missing. */
export interface BucketPlan {
  /** 3 to 36 letters, digits and dashes. */
  readonly name: string
  /** At most 255 bytes. */
  readonly description?: string
  readonly labels?: Readonly<Record<string, string>>
}

/**
 * An executable file (with the words that go before `start` where an interpreter runs it), or an installed plugin by its
 * source address and version constraint (`>= 1.0.0, < 2.0.0`).
 */
export type PluginOrigin =
  | { readonly file: string; readonly args?: readonly string[] }
  | { readonly source: string; readonly version?: string }

/** One image to make. */
export interface SourcePlan {
  /** Unique among the sources of the same plugin and component. */
  readonly name: string
  /** The plugin's name, as in `required_plugins`. */
  readonly plugin: string
  /** The builder in the plugin; absent or empty for its unnamed one. */
  readonly component?: string
  /** The builder's settings, by the names that its configuration spec has. */
  readonly config: Readonly<Record<string, Plain>>
}
