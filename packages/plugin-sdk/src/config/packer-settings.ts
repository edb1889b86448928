/** What the host says about the build itself: the `packer_…` keys. */
export interface PackerSettings {
  /** Name of the source in the template. */
  readonly buildName: string
  /** Type of the source in the template, as `tarball-image`. */
  readonly builderType: string
  readonly coreVersion: string
  readonly debug: boolean
  /** `-force`: replace what is there. */
  readonly force: boolean
  /** `cleanup`, `abort`, `ask` or `run-cleanup-provisioner`; empty where nothing was said. */
  readonly onError: string
  /** JSON templates only; empty with HCL. */
  readonly userVariables: Readonly<Record<string, string>>
  /** Names of variables whose values must not show. */
  readonly sensitiveVariables: readonly string[]
  /** JSON templates only. */
  readonly templatePath: string | undefined
}
