import { isRecord } from './plain.ts'

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

/** Reads them from merged configurations: HCL writes booleans as text, JSON does not. */
export function readPackerSettings(raw: Readonly<Record<string, unknown>>): PackerSettings {
  return {
    buildName: textOf(raw['packer_build_name']),
    builderType: textOf(raw['packer_builder_type']),
    coreVersion: textOf(raw['packer_core_version']),
    debug: isOn(raw['packer_debug']),
    force: isOn(raw['packer_force']),
    onError: textOf(raw['packer_on_error']),
    userVariables: textsOf(raw['packer_user_variables']),
    sensitiveVariables: namesOf(raw['packer_sensitive_variables']),
    templatePath: textOf(raw['packer_template_path']) || undefined,
  }
}

function textOf(raw: unknown): string {
  return typeof raw === 'string' ? raw : ''
}

function isOn(raw: unknown): boolean {
  return raw === true || raw === 'true'
}

function textsOf(raw: unknown): Record<string, string> {
  if (!isRecord(raw)) return {}
  return Object.fromEntries(
    Object.entries(raw).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function namesOf(raw: unknown): string[] {
  return Array.isArray(raw) ? raw.filter((name) => typeof name === 'string') : []
}
