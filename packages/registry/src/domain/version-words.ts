/** A version of a bucket, by what a client knows of it; several words must name the same one. Empty is as good as absent. */
export interface VersionWords {
  readonly versionFingerprint?: string
  readonly versionId?: string
  /** 0 is as good as absent: incomplete versions have no number. */
  readonly versionNumber?: number
}

/** Whether a client said nothing of any version. */
export function namesNoVersion({ versionFingerprint, versionId, versionNumber }: VersionWords): boolean {
  return !versionFingerprint && !versionId && !versionNumber
}

/** Of several words the one that counts where they may differ. */
export function firstOf({ versionId, versionFingerprint, versionNumber }: VersionWords): VersionWords {
  if (versionId) return { versionId }
  if (versionFingerprint) return { versionFingerprint }
  return versionNumber ? { versionNumber } : {}
}
