import type { Build, Version } from '@ingot/registry-api'
import type { AncestryStatus } from '../../domain/ancestry.ts'
import type { BuildStatus } from '../../domain/build.ts'
import type { SbomFormat } from '../../domain/sbom.ts'
import type { OnUntracked, Tier } from '../../domain/tenant.ts'
import type { TemplateType, VersionStatus } from '../../domain/version.ts'

/** The words of this plane for those of the registry. */
export const buildStatusWord: Readonly<Record<BuildStatus, Build['status']>> = {
  unset: 'BUILD_UNSET',
  running: 'BUILD_RUNNING',
  done: 'BUILD_DONE',
  cancelled: 'BUILD_CANCELLED',
  failed: 'BUILD_FAILED',
}

export const versionStatusWord: Readonly<Record<VersionStatus, Version['status']>> = {
  incomplete: 'VERSION_INCOMPLETE',
  running: 'VERSION_RUNNING',
  failed: 'VERSION_FAILED',
  cancelled: 'VERSION_CANCELLED',
  active: 'VERSION_ACTIVE',
  'revocation-scheduled': 'VERSION_REVOCATION_SCHEDULED',
  revoked: 'VERSION_REVOKED',
}

export const templateTypeWord: Readonly<Record<TemplateType, Version['template_type']>> = {
  unset: 'TEMPLATE_TYPE_UNSET',
  hcl2: 'HCL2',
  json: 'JSON',
}

export const ancestryWord = {
  undetermined: 'UNDETERMINED',
  'up-to-date': 'UP_TO_DATE',
  'out-of-date': 'OUT_OF_DATE',
} as const satisfies Readonly<Record<AncestryStatus, string>>

export const tierWord = {
  unset: 'UNSET',
  standard: 'STANDARD',
  plus: 'PLUS',
} as const satisfies Readonly<Record<Tier, string>>

export const untrackedWord = {
  unset: 'UNSET',
  warn: 'WARN',
  fail: 'FAIL',
} as const satisfies Readonly<Record<OnUntracked, string>>

export const sbomFormatWord = {
  cyclonedx: 'CYCLONEDX',
  spdx: 'SPDX',
} as const satisfies Readonly<Record<SbomFormat, string>>

/** The registry's word for one of this plane. */
export function meant<Word extends string>(
  words: Readonly<Record<Word, string>>,
  sent: string | null | undefined,
): Word | undefined {
  if (sent) return (Object.keys(words) as Word[]).find((word) => words[word] === sent)
}
