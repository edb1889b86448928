import { operation } from '../operation.ts'
import { list, object, string } from '../schema.ts'
import { Sbom } from './models.ts'
import { project } from './project-path.ts'
import { SbomBody, sbomBodySize } from './sbom-body.ts'

const sboms = `${project}/buckets/:bucket_name/versions/:fingerprint/builds/:build_id/sboms` as const

/** The content is zstd-compressed JSON in base64. */
export const uploadSbom = operation({
  id: 'PackerService_UploadSbom',
  plane: 'packer-2023-01-01',
  method: 'PUT',
  path: sboms,
  body: SbomBody,
  bodyLimit: sbomBodySize,
  reply: object({ sbom: Sbom }),
  seenFrom: ['packer'],
})

/** The bills of materials of a build. */
export const listSboms = operation({
  id: 'PackerService_ListSboms',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: sboms,
  reply: object({ sboms: list(Sbom) }),
  seenFrom: [],
})

/** A short-lived address of the document, to be fetched without a token. */
export const getSbom = operation({
  id: 'PackerService_GetSbom',
  plane: 'packer-2023-01-01',
  method: 'GET',
  path: `${sboms}/:sbom_name`,
  reply: object({ download_url: string }),
  seenFrom: [],
})
