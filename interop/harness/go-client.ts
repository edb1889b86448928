import { spawnSync } from 'node:child_process'
import { goHost } from '../toolchain/programs.ts'
import { world } from './world.ts'

/** What Go's plugin client is to do with a component of the example plugin. */
export interface Drive {
  readonly cwd: string
  /** `-protobuf`, `-cancel-on TEXT` and the like. */
  readonly flags: readonly string[]
  readonly kind: 'builder' | 'provisioner' | 'post-processor' | 'datasource'
  readonly name: string
  readonly configuration: object
}

/** Runs the client end of Go's packer-plugin-sdk, and answers what it saw. */
export function drive<Seen>({ cwd, flags, kind, name, configuration }: Drive): Seen {
  const { status, stdout, stderr } = spawnSync(goHost.binary, [...flags, kind, name, world().plugin], {
    cwd,
    input: JSON.stringify(configuration),
    encoding: 'utf8',
    timeout: 60_000,
  })
  if (status !== 0) throw new Error(`go-host ended with ${status}:\n${stderr}`)
  return JSON.parse(stdout)
}
