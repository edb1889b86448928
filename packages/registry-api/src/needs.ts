import * as iam from './iam/operations.ts'
import * as oauth2 from './oauth2/operations.ts'
import type { Operation } from './operation.ts'
import * as packer2021 from './packer-2021-04-30/operations.ts'
import * as packer2022 from './packer-2022-12-02/operations.ts'
import * as packer from './packer-2023-01-01/operations.ts'
import * as platform from './platform/operations.ts'
import * as resourceManager from './resource-manager/operations.ts'

type AnyOperation = Operation<string, unknown, unknown, unknown>

/** What a caller needs: nothing, a token, or a role on the bucket, project or organization that the call names. */
export type Needs = 'nothing' | 'token' | 'viewer' | 'contributor' | 'admin'

/** Operations that are answered without a token. */
const open = new Set<AnyOperation>([
  ...Object.values<AnyOperation>(oauth2),
  ...[platform.getHealth, platform.getOpenApi, platform.downloadSbom],
])

/** What everybody may ask; the answer holds what is the caller's own. */
const own = new Set<AnyOperation>([
  ...[resourceManager.listOrganizations, resourceManager.getOrganization, resourceManager.listProjects],
  ...[iam.batchGetPrincipals, iam.getCallerIdentity],
])

/** Reads that are no `GET`. */
const reads = new Set<AnyOperation>([
  ...[packer.searchExternalArtifact, packer2022.getImageByBuildLabels, platform.planRevocation],
])

/** A `GET` that tells a secret. */
const secrets = new Set<AnyOperation>([
  ...[packer.getRegistryTFCRunTaskAPI, packer2021.getRegistryTFCRunTaskAPI],
])

/** What changes more than the images of a project. */
const weighty = new Set<AnyOperation>([platform.importAdvisories])

/** The least that an operation needs. */
export function needsOf(operation: AnyOperation): Needs {
  if (open.has(operation)) return 'nothing'
  if (own.has(operation)) return 'token'
  if (reads.has(operation)) return 'viewer'
  if (operation.method === 'GET') return secrets.has(operation) ? 'contributor' : 'viewer'
  const manages = operation.plane === 'resource-manager' || operation.plane === 'iam'
  return manages || weighty.has(operation) ? 'admin' : 'contributor'
}
