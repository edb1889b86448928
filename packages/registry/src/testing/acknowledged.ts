/** What a publisher was told is kept: a version, or that a build of it is done. */
export interface Acknowledged {
  readonly bucket: string
  readonly fingerprint: string
  readonly done?: string
}
