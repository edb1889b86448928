export type {
  Artifact,
  Bucket,
  Build,
  Channel,
  ChannelAssignment,
  Policy,
  Project,
  ServicePrincipal,
  Version,
} from '@ingot/registry-api'
export type { AnyOperation, CallInput, CallOptions, Tenancy } from './call.ts'
export { Client, DEFAULT_RETRIES, DEFAULT_TIMEOUT_MS } from './client.ts'
export { ClientError, type ClientErrorKind, GRPC, type Refusal } from './client-error.ts'
export { type Clock, systemClock } from './clock.ts'
export { type Environment, fromEnvironment } from './environment.ts'
export type {
  Advisory,
  AdvisoryCalls,
  AdvisoryDetails,
  AdvisoryImport,
  AdvisoryStatus,
  AdvisoryWish,
  BucketVulnerability,
} from './nouns/advisories.ts'
export type { AncestryCalls, Graph, GraphReach } from './nouns/ancestry.ts'
export type { ArtifactCalls, FoundImage, ImageWish, ResolvedImage } from './nouns/artifacts.ts'
export type { BucketCalls, Stale } from './nouns/buckets.ts'
export type { BuildCalls, BuildPlace } from './nouns/builds.ts'
export type { ChannelCalls, ChannelPlace, Promotion } from './nouns/channels.ts'
export type { ConsumerCalls, Consumers } from './nouns/consumers.ts'
export type {
  BlockVersionPlace,
  EnforcedBlock,
  EnforcedBlockCalls,
  EnforcedBlockVersion,
} from './nouns/enforced-blocks.ts'
export type { Package, PackageCalls, PackageComparison, PackageSearch } from './nouns/packages.ts'
export type { PolicyCalls, PolicyPlace } from './nouns/policies.ts'
export type {
  NewKey,
  PrincipalCalls,
  PrincipalHome,
  PrincipalPlace,
  PrincipalWithKeys,
} from './nouns/principals.ts'
export type { ProjectCalls } from './nouns/projects.ts'
export type { NewSbom, Sbom, SbomCalls } from './nouns/sboms.ts'
export type {
  Explanation,
  RevocationPlan,
  RevocationWish,
  VersionCalls,
  VersionPlace,
} from './nouns/versions.ts'
export { MAX_PAGES, type Page, pages } from './pages.ts'
export type { ClientSettings } from './settings.ts'
export { TOKEN_MARGIN_MS } from './tokens.ts'
export { MAX_ANSWER_BYTES } from './transport.ts'
