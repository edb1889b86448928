import { operation } from '../operation.ts'
import { Sbom, SbomFormat } from '../packer-2023-01-01/models.ts'
import { SbomBody, sbomBodySize } from '../packer-2023-01-01/sbom-body.ts'
import { any, boolean, dateTime, int32, list, object, type Static, string } from '../schema.ts'
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

/** A bill of materials with what is known of it. `late`: it came when its build was over. */
export const DescribedSbom = object({
  id: string,
  name: string,
  format: SbomFormat,
  format_version: string,
  package_count: int32,
  late: boolean,
  author: string,
  created_at: dateTime,
})
export type DescribedSbom = Static<typeof DescribedSbom>

/** The bills of materials of a build, oldest first. */
export const describeSboms = operation({
  id: 'Ingot_DescribeSboms',
  plane: 'platform',
  method: 'GET',
  path: `${project}/buckets/:bucket_name/versions/:fingerprint/builds/:build_id/sboms`,
  reply: object({ sboms: list(DescribedSbom) }),
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
