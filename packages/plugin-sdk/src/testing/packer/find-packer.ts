import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { PackerTestError } from './packer-error.ts'
import { versionConstraint } from './version-constraint.ts'

/** A `packer` of this machine. */
export interface FoundPacker {
  /** The program. */
  readonly file: string
  /** `1.16.0`. */
  readonly version: string
}

/** Where to look for `packer`. */
export interface PackerSearch {
  /** The program, or a folder that has it; unless told, the environment says where. */
  readonly packer?: string
  /** Unless told, that of the process: `PACKER` has programs or folders, as PATH has folders, and goes before PATH. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** How long a program may take to tell its version, in milliseconds. */
const VERSION_TIMEOUT = 20_000

/**
 * The first `packer` of a version: exactly `1.16.0`, or a constraint as in `required_version`. All that are named by
 * `PACKER` and on the PATH are asked.
 * @throws PackerTestError where there is none, with what was found instead.
 *
 * @example
 * const { file, version } = await findPacker('>= 1.11.0')
 */
export async function findPacker(version?: string, search: PackerSearch = {}): Promise<FoundPacker> {
  const fits = version === undefined ? () => true : versionConstraint(version)
  const others: string[] = []
  for (const file of await programs(search)) {
    const found = await versionOf(file)
    if (found !== undefined && fits(found)) return { file, version: found }
    others.push(found === undefined ? `${file}, which is not HashiCorp's packer` : `${file}, ${found}`)
  }
  throw new PackerTestError('packer-missing', missing(version, others))
}

/**
 * Why an acceptance test cannot run: undefined where there is a `packer` of that version, else the reason. What that
 * means for a test, skipped or failed, is its author's to say.
 *
 * @example
 * test.skipIf(await packerMissing('>= 1.11.0'))('packer builds it', …)         // vitest
 * test('packer builds it', { skip: await packerMissing('>= 1.11.0') }, …)     // node:test
 */
export async function packerMissing(
  version?: string,
  search: PackerSearch = {},
): Promise<string | undefined> {
  try {
    await findPacker(version, search)
    return undefined
  } catch (error) {
    if (error instanceof PackerTestError && error.code === 'packer-missing') return error.message
    throw error
  }
}

async function programs({ packer, env = process.env }: PackerSearch): Promise<string[]> {
  const listed = (text: string | undefined) => (text ?? '').split(delimiter).filter((entry) => entry !== '')
  const places = packer === undefined ? [...listed(env['PACKER']), ...listed(env['PATH'])] : [packer]
  const files = await Promise.all(places.map(programAt))
  return [...new Set(files.filter((file) => file !== undefined))]
}

async function programAt(place: string): Promise<string | undefined> {
  const program = join(place, process.platform === 'win32' ? 'packer.exe' : 'packer')
  for (const path of [resolve(place), resolve(program)]) {
    const found = await stat(path).catch(() => undefined)
    if (found?.isFile()) return path
  }
  return undefined
}

/** Other programs are called packer too: they tell no version, or none in this form. */
async function versionOf(file: string): Promise<string | undefined> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', CHECKPOINT_DISABLE: '1' }
  try {
    const running = promisify(execFile)(file, ['version'], { env, timeout: VERSION_TIMEOUT })
    running.child.stdin?.end()
    const { stdout } = await running
    return /^Packer v(\d+\.\d+\.\d+)/m.exec(stdout)?.[1]
  } catch {
    // Whatever a program that cannot be asked says, it is none that a test can run.
    return undefined
  }
}

function missing(version: string | undefined, others: readonly string[]): string {
  const found = others.length === 0 ? 'there is none on the PATH' : `found ${others.join('; ')}`
  return (
    `There is no packer${version === undefined ? '' : ` ${version}`}: ${found}. ` +
    'Install it from https://developer.hashicorp.com/packer/install, or name the program in the variable PACKER.'
  )
}
