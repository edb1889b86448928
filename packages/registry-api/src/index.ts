export { check, type Fault } from './check.ts'
export { ErrorEnvelope, TokenError } from './envelope.ts'
export type { Principal, ServicePrincipal, ServicePrincipalKey } from './iam/models.ts'
export * as iam from './iam/operations.ts'
export * as longOperations from './long-operations/operations.ts'
export { type Needs, needsOf } from './needs.ts'
export * as oauth2 from './oauth2/operations.ts'
export { everyOperation, openApi } from './openapi.ts'
export type { Body, Client, Method, Operation, Params, Plane, Query, Reply } from './operation.ts'
export type * as Models2021 from './packer-2021-04-30/models.ts'
export * as packer2021 from './packer-2021-04-30/operations.ts'
export type { FoundArtifact } from './packer-2022-12-02/operations.ts'
export * as packer2022 from './packer-2022-12-02/operations.ts'
export type {
  Artifact,
  Bucket,
  Build,
  Channel,
  ChannelAssignment,
  Registry,
  Version,
} from './packer-2023-01-01/models.ts'
export * as packer from './packer-2023-01-01/operations.ts'
export * as platform from './platform/operations.ts'
export { answerTo, type RefusalCode, type RefusalKind, type RefusalParams, refusals } from './refusals.ts'
export { refusesOf } from './refuses.ts'
export type { Organization, Policy, Project } from './resource-manager/models.ts'
export * as resourceManager from './resource-manager/operations.ts'
export type { Schema, Static } from './schema.ts'
