import type { BucketWords } from './domain/bucket.ts'
import type { BuildWords } from './domain/build.ts'
import type { Paging } from './domain/page.ts'
import type { ValidityWords } from './domain/revocation.ts'
import type { TemplateType } from './domain/version.ts'

export interface NewBucket extends BucketWords {
  readonly name: string
}

/** When either is given, both are replaced: packer drops what is empty from the body, and means it to be cleared. */
export type BucketChange = BucketWords

export interface NewVersion {
  readonly fingerprint: string
  readonly templateType?: TemplateType
}

export interface VersionChange extends ValidityWords {
  readonly complete?: boolean
  readonly skipDescendantsRevocation?: boolean
  readonly disableRollbackChannels?: boolean
}

export type BuildChange = BuildWords

export interface NewBuild extends BuildWords {
  readonly componentType: string
}

export interface NewChannel {
  readonly name: string
  readonly restricted?: boolean
  readonly versionFingerprint?: string
}

/** What the mask names is written; a named field that is absent is cleared. */
export interface ChannelChange {
  /** `versionFingerprint`, `restricted` or both, joined by a comma. */
  readonly updateMask?: string
  readonly versionFingerprint?: string
  readonly restricted?: boolean
}

export interface Promotion {
  readonly sourceChannel: string
  readonly targetChannel: string
}

export interface AncestryQuery extends Paging {
  readonly type?: 'parents' | 'children'
  /** Only children that read their parent through this channel. */
  readonly channelName?: string
  /** Only relations of this version. */
  readonly versionFingerprint?: string
}
