import { operation } from '../operation.ts'
import { Sbom } from '../packer-2023-01-01/models.ts'
import { SbomBody, sbomBodySize } from '../packer-2023-01-01/sbom-body.ts'
import { any, object } from '../schema.ts'
import { project } from './project-path.ts'

/** The document behind an address that GetSbom gave: JSON as it was before it was compressed. Needs no token. */
export const downloadSbom = operation({
  id: 'Ingot_DownloadSbom',
  plane: 'platform',
  method: 'GET',
  path: '/ingot/v1/sboms/:ticket/:file',
  reply: any,
  seenFrom: ['ingot'],
})

/** Attaches a bill of materials to a build that is over; it is marked as late. */
export const attachSbom = operation({
  id: 'Ingot_AttachSbom',
  plane: 'platform',
  method: 'PUT',
  path: `${project}/buckets/:bucket_name/versions/:fingerprint/builds/:build_id/sboms`,
  body: SbomBody,
  bodyLimit: sbomBodySize,
  reply: object({ sbom: Sbom }),
  seenFrom: ['ingot'],
})
