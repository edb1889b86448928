export { getGraph } from './graph.ts'
export { getHealth } from './health.ts'
export { planRevocation, revokeVersion } from './revocations.ts'
export { attachSbom, downloadSbom } from './sboms.ts'
