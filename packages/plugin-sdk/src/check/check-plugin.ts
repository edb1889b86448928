import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describePlugin, type PluginDescription } from '@ingot/plugin-rpc'
import { bundlePlugin } from '../bundle/bundle-plugin.ts'
import { checkComponent, componentsOf } from './component-checks.ts'
import { checkDescription } from './description-checks.ts'
import { checkName, checkNamedVersion, checkSum } from './file-checks.ts'
import { bad, good, type PluginFinding, reasonOf } from './plugin-finding.ts'

/** Milliseconds that a component may take to start and answer. */
const COMPONENT_TIMEOUT = 20_000

/** What to check, and how long to wait for it. */
export interface CheckOptions {
  /**
   * A plugin's file, bundled or installed, in whatever language it was written; or the module that exports a plugin,
   * which is bundled first.
   */
  readonly file: string
  /** Milliseconds that each component may take; 20 000 unless told. */
  readonly timeout?: number
  /** Called with each finding when it is there. */
  readonly onFinding?: (finding: PluginFinding) => void
}

/** What {@link checkPlugin} found. */
export interface PluginReport {
  readonly file: string
  /** Whether nothing is bad. */
  readonly ok: boolean
  readonly findings: readonly PluginFinding[]
}

/**
 * Looks at a plugin's file as Packer does: name, `describe`, versions and components, which HashiCorp's own check asks
 * too; then starts each component, in both serialisations, and has it describe its configuration. A file that is no
 * plugin is a finding, not an error.
 * @throws BundleError for a module that does not become a bundle.
 *
 * @example
 * const { ok, findings } = await checkPlugin({ file: 'dist/packer-plugin-tarball' })
 */
export async function checkPlugin(options: CheckOptions): Promise<PluginReport> {
  if (!MODULE.test(options.file)) return checkFile(options)
  const folder = await mkdtemp(join(tmpdir(), 'ingot-check-'))
  try {
    const { file } = await bundlePlugin({ entry: options.file, outfile: `${folder}/` })
    return { ...(await checkFile({ ...options, file })), file: resolve(options.file) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** How the name of a module ends, and that of no plugin's file. */
const MODULE = /\.[cm]?[jt]s$/

async function checkFile({
  file: given,
  timeout = COMPONENT_TIMEOUT,
  onFinding = () => {},
}: CheckOptions): Promise<PluginReport> {
  const file = resolve(given)
  const findings: PluginFinding[] = []
  const add = (finding: PluginFinding | undefined) => {
    if (!finding) return
    findings.push(finding)
    onFinding(finding)
  }
  add(checkName(file))
  const description = await describe(file, add)
  if (description) {
    for (const finding of checkDescription(description)) add(finding)
    add(checkNamedVersion(file, description))
    add(await checkSum(file))
    const serialisations = description.protocolVersion ? (['gob', 'protobuf'] as const) : (['gob'] as const)
    for (const component of componentsOf(file, description))
      add(await checkComponent(component, serialisations, timeout))
  }
  return { file, ok: findings.every(({ state }) => state === 'good'), findings }
}

async function describe(
  file: string,
  add: (finding: PluginFinding) => void,
): Promise<PluginDescription | undefined> {
  try {
    const description = await describePlugin(file)
    add(good('describe', 'answers with its description'))
    return description
  } catch (error) {
    add(bad('describe', reasonOf(error), 'make the file with "ingot plugin bundle"'))
    return
  }
}
