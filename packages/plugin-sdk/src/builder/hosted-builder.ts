import type { Artifact, BuildCall, Builder, ConfigElement, ObjectSpec, Prepared } from '@ingot/plugin-rpc'
import type { ConfigSchema } from '../config/config.ts'
import { type Decoded, decodeConfig } from '../config/decode.ts'
import { configSpec } from '../config/spec.ts'
import { readable } from '../errors/readable.ts'
import type { Surroundings } from '../plugin/surroundings.ts'
import { BuildRun } from './build-run.ts'
import type { BuilderComponent, BuilderDefinition } from './definition.ts'

/** A builder as hosts call it. */
export class HostedBuilder<Schema extends ConfigSchema> implements Builder {
  readonly #definition: BuilderDefinition<Schema, string>
  readonly #around: Surroundings
  #configs: readonly ConfigElement[] = []

  constructor({ definition }: BuilderComponent<Schema, string>, around: Surroundings) {
    this.#definition = definition
    this.#around = { ...around, builderId: definition.builderId ?? around.builderId }
  }

  async configSpec(): Promise<ObjectSpec> {
    return configSpec(this.#definition.config)
  }

  prepare(configs: readonly ConfigElement[]): Promise<Prepared> {
    return readable(this.#around, async () => {
      const { config, packer, warnings } = this.#decode(configs, true)
      this.#configs = configs
      const told = [...warnings]
      const call = { config, packer, warn: (text: string) => void told.push(text) }
      await Promise.race([this.#definition.prepare?.(call), this.#around.crashed])
      const hidden = told.map((text) => this.#around.secrets.hide(text))
      return { generatedVars: this.#definition.generates ?? [], warnings: hidden }
    })
  }

  run(call: BuildCall): Promise<Artifact | undefined> {
    return readable(this.#around, () => {
      const { config, packer } = this.#decode(this.#configs, false)
      return new BuildRun(this.#definition, call, this.#around).artifact(config, packer)
    })
  }

  /** Freshly each time: what the author's code does to one configuration must not show in the next. */
  #decode(configs: readonly ConfigElement[], placeholders: boolean): Decoded<Schema> {
    return decodeConfig(this.#definition.config, configs, { placeholders, secrets: this.#around.secrets })
  }
}
