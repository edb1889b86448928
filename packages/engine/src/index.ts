export {
  ArtifactChoiceError,
  type ArtifactWish,
  chooseArtifact,
  type PublishedArtifact,
} from './artifact-choice.ts'
export type { BuildOutcome, Made, PlanOutcome, PlanStatus } from './build/plan-outcome.ts'
export type { RunOptions } from './build/run-options.ts'
export { runPlan } from './build/run-plan.ts'
export {
  type Discovery,
  discoverPlugins,
  type IgnoredPlugin,
  type InstalledPlugin,
  MAX_PLUGIN_DEPTH,
} from './discovery/discover-plugins.ts'
export { EngineError, type EngineErrorCode } from './errors.ts'
export type { BuildOutput, BuildTransfer, EngineEvent, OnEvent } from './events.ts'
export { type BuildOverride, CUSTOM_DATA } from './manifest/build-override.ts'
export type { Manifest, ManifestBuild, UnfinishedVersion } from './manifest/manifest.ts'
export {
  type PublishedBuild,
  type PublishOptions,
  type PublishOutcome,
  publishManifest,
} from './manifest/publish-manifest.ts'
export { MAX_MANIFEST_LENGTH, readManifest } from './manifest/read-manifest.ts'
export { type ResolvedParent, resolveParent } from './parent.ts'
export type { BucketPlan, BuildPlan, PluginOrigin, SourcePlan } from './plan/build-plan.ts'
export type { BuildRecord, RecordedArtifact } from './publish/build-record.ts'
export type { ChannelOutcome, VersionOutcome } from './publish/finish-version.ts'
export type { Rescue } from './publish/rescue.ts'
export { type ResolvedArtifact, resolve } from './resolve.ts'
export type { VersionWish } from './version-choice.ts'
export { type BuildSummary, type VersionSummary, versions } from './versions.ts'
