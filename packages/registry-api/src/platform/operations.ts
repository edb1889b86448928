export {
  getAdvisory,
  getAdvisoryStatus,
  importAdvisories,
  listAdvisories,
} from './advisories.ts'
export { listConsumers } from './consumers.ts'
export { explainVersion } from './explanation.ts'
export { getGraph } from './graph.ts'
export { getHealth } from './health.ts'
export { getOpenApi } from './openapi.ts'
export { comparePackages, searchPackages } from './packages.ts'
export { resolveArtifact } from './resolve.ts'
export { planRevocation, revokeVersion } from './revocations.ts'
export { attachSbom, describeSboms, downloadSbom } from './sboms.ts'
export { listStale } from './stale.ts'
