import type { Image } from '@ingot/image'
import type { Artifact, HookCall } from '@ingot/plugin-rpc'
import type { BuilderComponent } from '../builder/definition.ts'
import type { ConfigInput, ConfigSchema } from '../config/config.ts'

export interface TestBuildOptions {
  /** Cancels the build. */
  readonly signal?: AbortSignal
  /** Stands for the template's provisioners; unless told, there are none. */
  readonly provision?: (call: HookCall) => void | Promise<void>
  /** More of what the host says: `packer_force`, `packer_on_error`, … */
  readonly packer?: Readonly<Record<string, unknown>>
}

/** What a build did. */
export interface TestBuild {
  /** As Packer's core reads them from the artifact. */
  readonly images: readonly Image[]
  readonly artifact: {
    readonly builderId: string
    readonly id: string
    readonly description: string
    readonly files: readonly string[]
  } & Pick<Artifact, 'state' | 'destroy'>
  /** All that the user read, a line each. */
  readonly output: string
  readonly warnings: readonly string[]
}

/**
 * Runs a builder over the real wire, in process, as Packer does: prepare, run, ask the artifact.
 * @throws Error with the message that the user of Packer would read.
 *
 * @example
 * const build = await testBuilder(tarball).run({ source: 'fixtures/site' })
 * expect(build.images).toMatchObject([{ imageId: build.artifact.id, providerName: 'tarball' }])
 */
export function testBuilder<Schema extends ConfigSchema, Generated extends string>(
  _builder: BuilderComponent<Schema, Generated>,
): { run(config: ConfigInput<Schema>, options?: TestBuildOptions): Promise<TestBuild> } {
  throw new Error('Testing a builder is not there yet.')
}
