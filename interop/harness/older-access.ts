import type { PackerVersion } from '../toolchain/programs.ts'
import { ingot } from './ingot.ts'
import { world } from './world.ts'

/** What `ingot env --for VERSION` prints: the variables that point an old packer at the registry of this run. */
export async function olderAccess(version: PackerVersion): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await ingot('env', '--data', world().dataDir, '--for', version, '--json')
  return JSON.parse(stdout)
}
