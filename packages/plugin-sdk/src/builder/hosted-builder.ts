import type { Artifact, BuildCall, Builder, ConfigElement, ObjectSpec, Prepared } from '@ingot/plugin-rpc'
import { PreparedConfig } from '../component/prepared-config.ts'
import type { ConfigSchema } from '../config/config.ts'
import { readable } from '../errors/readable.ts'
import type { Surroundings } from '../plugin/surroundings.ts'
import { BuildRun } from './build-run.ts'
import type { BuilderComponent, BuilderDefinition } from './definition.ts'

/** A builder as hosts call it. */
export class HostedBuilder<Schema extends ConfigSchema> implements Builder {
  readonly #definition: BuilderDefinition<Schema, string>
  readonly #around: Surroundings
  readonly #config: PreparedConfig<Schema>

  constructor({ definition }: BuilderComponent<Schema, string>, around: Surroundings) {
    this.#definition = definition
    this.#around = { ...around, builderId: definition.builderId ?? around.builderId }
    this.#config = new PreparedConfig<Schema>(definition, around, { readsBuild: false })
  }

  async configSpec(): Promise<ObjectSpec> {
    return this.#config.spec
  }

  prepare(configs: readonly ConfigElement[]): Promise<Prepared> {
    return readable(this.#around, async () => {
      const warnings = await this.#config.prepare(configs)
      return { generatedVars: this.#definition.generates ?? [], warnings }
    })
  }

  run(call: BuildCall): Promise<Artifact | undefined> {
    return readable(this.#around, () => {
      const { config, packer } = this.#config.final()
      return new BuildRun(this.#definition, call, this.#around).artifact(config, packer)
    })
  }
}
