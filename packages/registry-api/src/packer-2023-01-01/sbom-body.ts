import { base64, given, string } from '../schema.ts'
import { SbomFormat } from './models.ts'

/** A bill of materials as clients send it: zstd-compressed JSON in base64. */
export const SbomBody = given({ compressed_sbom: base64, format: SbomFormat, name: string })

/** Bytes of an upload: 32 MiB in base64, and what stands around it. */
export const sbomBodySize = 48 * 1024 * 1024
