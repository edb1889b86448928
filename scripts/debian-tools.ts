import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Programs by which tests judge what we make, and the Debian packages that have them. */
const tools: Readonly<Record<string, string>> = {
  sshd: 'openssh-server',
  xorriso: 'xorriso',
  mcopy: 'mtools',
  'fsck.fat': 'dosfstools',
}

/**
 * Installs what tests need and this machine lacks, where that can be done: on Debian, as root. Elsewhere the tests in question are
 * skipped and say why, and fail where `CI` is set.
 */
export function installDebianTools(): void {
  const missing = Object.entries(tools).flatMap(([program, name]) => (isThere(program) ? [] : [name]))
  if (missing.length === 0 || process.getuid?.() !== 0 || !isThere('apt-get')) return
  console.log(`Installing ${missing.join(', ')}, which tests need.`)
  if (!apt('install', '-y', '--no-install-recommends', ...missing)) {
    apt('update')
    apt('install', '-y', '--no-install-recommends', ...missing)
  }
}

function isThere(program: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders.some((folder) => existsSync(join(folder, program)))
}

function apt(...parameters: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', parameters, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0
}
