import { open, readFile } from 'node:fs/promises'
import type { GoTarget } from '@ingot/plugin-rpc'
import { BundleError } from './bundle-error.ts'

/** Stands in a Node that can become a single executable; what follows says whether it has become one. */
export const SEA_FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

/** A Node's executable, as its own bytes tell of it. */
export interface NodeBinary {
  readonly file: string
  /** Without `v`. */
  readonly version: string
  readonly target: GoTarget
}

/** Where a Node names the archive of its own sources. */
const VERSION = /\/node-v(\d+\.\d+\.\d+)\.tar\.gz/

/** Bytes of a file that tell its format. */
const HEAD = 4096

/**
 * Reads what kind of Node a file is, without running it.
 * @throws BundleError `node` for a file that is no Node, or one that cannot become an executable.
 */
export async function readNodeBinary(file: string): Promise<NodeBinary> {
  const target = targetOf(await head(file))
  if (!target) throw notNode(file, 'it is no executable for Linux, macOS or Windows')
  const content = await readFile(file, 'latin1')
  const version = VERSION.exec(content)?.[1]
  if (!version) throw notNode(file, 'it is no Node.js')
  if (!content.includes(`${SEA_FUSE}:0`))
    throw notNode(file, 'it was built without single executables, or is one')
  return { file, version, target }
}

async function head(file: string): Promise<Buffer> {
  try {
    await using handle = await open(file)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    throw notNode(file, (error as Error).message, error)
  }
}

function notNode(file: string, reason: string, cause?: unknown): BundleError {
  const remedy = 'name the "node" (on Windows "node.exe") of a Node.js from nodejs.org, 20 or later'
  return new BundleError(
    'node',
    `${file} cannot become an executable plugin: ${reason}. With --node, ${remedy}.`,
    cause,
  )
}

const elfMachines: Readonly<Record<number, string>> = {
  62: 'amd64',
  183: 'arm64',
  21: 'ppc64le',
  22: 's390x',
}
const peMachines: Readonly<Record<number, string>> = { 34404: 'amd64', 43620: 'arm64', 332: '386' }
const machMachines: Readonly<Record<number, string>> = { 16777223: 'amd64', 16777228: 'arm64' }

/** The machine that an executable is for, by the headers of ELF, PE and Mach-O. */
function targetOf(head: Buffer): GoTarget | undefined {
  if (head.length < HEAD) return
  if (head.readUInt32BE(0) === 0x7f454c46) return target('linux', elfMachines, head.readUInt16LE(18))
  if (head.readUInt32LE(0) === 0xfeedfacf) return target('darwin', machMachines, head.readUInt32LE(4))
  if (head.readUInt16BE(0) !== 0x4d5a) return
  const pe = head.readUInt32LE(60)
  if (pe + 6 <= HEAD && head.readUInt32BE(pe) === 0x50450000)
    return target('windows', peMachines, head.readUInt16LE(pe + 4))
}

function target(
  os: string,
  machines: Readonly<Record<number, string>>,
  machine: number,
): GoTarget | undefined {
  const arch = machines[machine]
  return arch === undefined ? undefined : { os, arch }
}
