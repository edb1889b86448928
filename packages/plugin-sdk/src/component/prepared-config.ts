import type { ConfigElement, ObjectSpec } from '@ingot/plugin-rpc'
import type { ConfigOf, ConfigSchema } from '../config/config.ts'
import { type BuildVariables, type Decoded, decodeConfig } from '../config/decode.ts'
import { formatDuration } from '../config/duration.ts'
import type { PackerSettings } from '../config/packer-settings.ts'
import { configSpec } from '../config/spec.ts'
import type { Surroundings } from '../plugin/surroundings.ts'

/** Milliseconds that checks beyond the schema may take: the host waits for them, and has no way to cancel them. */
export const PREPARE_LIMIT = 120_000

/** What a check beyond the schema has at hand. */
export interface PrepareCall<Config> {
  /** Values that `packer validate` cannot know yet are `<unknown>`, 0, false and empty. */
  readonly config: Config
  readonly packer: PackerSettings
  /** Shown to the user; the build goes on. */
  warn(text: string): void
}

interface Preparable<Schema extends ConfigSchema> {
  readonly config: Schema
  prepare?(call: PrepareCall<ConfigOf<Schema>>): void | Promise<void>
}

interface Options {
  /** Whether the component runs in a build, and so may read its variables. */
  readonly readsBuild: boolean
}

/**
 * The configuration that a host hands over in one call, often several times, and means in a later one. It is decoded
 * freshly each time: what the author's code does to one must not show in the next.
 */
export class PreparedConfig<Schema extends ConfigSchema> {
  readonly #definition: Preparable<Schema>
  readonly #around: Surroundings
  readonly #options: Options
  #configs: readonly ConfigElement[] = []

  constructor(definition: Preparable<Schema>, around: Surroundings, options: Options) {
    this.#definition = definition
    this.#around = around
    this.#options = options
  }

  get spec(): ObjectSpec {
    return configSpec(this.#definition.config)
  }

  /** Checks it and keeps it, and answers the warnings. */
  async prepare(configs: readonly ConfigElement[]): Promise<readonly string[]> {
    const { secrets } = this.#around
    const { config, packer, warnings } = decodeConfig(this.#definition.config, configs, {
      placeholders: true,
      secrets,
      ...(this.#options.readsBuild ? { build: 'later' } : {}),
    })
    this.#configs = configs
    const told = [...warnings]
    const call = { config, packer, warn: (text: string) => void told.push(text) }
    await this.#check(call)
    return told.map((text) => secrets.hide(text))
  }

  async #check(call: PrepareCall<ConfigOf<Schema>>): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      const error = new Error(`The checks of "prepare" had not ended after ${formatDuration(PREPARE_LIMIT)}`)
      timer = setTimeout(() => reject(error), PREPARE_LIMIT)
    })
    try {
      await Promise.race([this.#definition.prepare?.(call), this.#around.crashed, late])
    } finally {
      clearTimeout(timer)
    }
  }

  /** The configuration that was prepared last, with every value known. */
  final(build?: BuildVariables): Decoded<Schema> {
    const { secrets } = this.#around
    return decodeConfig(this.#definition.config, this.#configs, {
      placeholders: false,
      secrets,
      ...(build ? { build } : {}),
    })
  }
}
