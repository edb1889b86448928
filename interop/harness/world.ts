import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import type { PackerVersion } from '../toolchain/programs.ts'
import { type Reader, reader } from './reader.ts'
import type { Access } from './registry.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/** What runs while the scenarios do. */
export interface World {
  readonly access: Access
  /** The registry's data directory. */
  readonly dataDir: string
  /** The example plugin as one file. */
  readonly plugin: string
  /** For each release of packer a folder in which it installed the plugin. */
  readonly plugins: Readonly<Record<string, string>>
  /** One plugin with a component of each kind, in two languages. */
  readonly labs: Readonly<Record<'go' | 'typescript', Lab>>
}

export interface Lab {
  /** The plugin as one file. */
  readonly file: string
  /** A folder in which it is installed. */
  readonly plugins: string
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly world: World
  }
}

export function world(): World {
  return inject('world')
}

/** A user's machine that is pointed at the registry of this run, with the example plugin installed. */
export function workspace(version: PackerVersion, access: Access = world().access): Workspace {
  return openWorkspace({ version, access, plugins: world().plugins[version]! })
}

/** The registry of this run, read back over its API. */
export function registry(): Reader {
  return reader(world().access)
}

/** A name that no other scenario has. */
export function bucketName(subject: string): string {
  return `${subject}-${randomBytes(3).toString('hex')}`
}
