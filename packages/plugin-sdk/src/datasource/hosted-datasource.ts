import { fromPlain, type Value } from '@ingot/cty'
import type { ConfigElement, Datasource, ObjectSpec } from '@ingot/plugin-rpc'
import { withinGrace } from '../component/abort-grace.ts'
import type { ConfigInput, ConfigSchema } from '../config/config.ts'
import { ConfigError } from '../config/config-error.ts'
import { decodeConfig, decodeValues } from '../config/decode.ts'
import { isRecord } from '../config/plain.ts'
import { configSpec, schemaType } from '../config/spec.ts'
import { writtenShape } from '../config/written.ts'
import { readable } from '../errors/readable.ts'
import type { Surroundings } from '../plugin/surroundings.ts'
import { Secrets } from '../secrets/secrets.ts'
import type { DatasourceComponent, DatasourceDefinition } from './definition.ts'

/** A data source as hosts call it. */
export class HostedDatasource<Schema extends ConfigSchema, Output extends ConfigSchema>
  implements Datasource
{
  readonly #definition: DatasourceDefinition<Schema, Output>
  readonly #around: Surroundings
  #configs: readonly ConfigElement[] = []

  constructor({ definition }: DatasourceComponent<Schema, Output>, around: Surroundings) {
    this.#definition = definition
    this.#around = around
  }

  async configSpec(): Promise<ObjectSpec> {
    return configSpec(this.#definition.config)
  }

  async outputSpec(): Promise<ObjectSpec> {
    return configSpec(this.#definition.output)
  }

  configure(configs: readonly ConfigElement[]): Promise<void> {
    return readable(this.#around, () => {
      decodeConfig(this.#definition.config, configs, { placeholders: true, secrets: this.#around.secrets })
      this.#configs = configs
    })
  }

  execute({ signal }: { readonly signal: AbortSignal }): Promise<Value> {
    return readable(this.#around, async () => {
      const { secrets, crashed, log: warn } = this.#around
      const { config } = decodeConfig(this.#definition.config, this.#configs, {
        placeholders: false,
        secrets,
      })
      const { abortGrace: grace } = this.#definition
      const answer = await withinGrace(
        Promise.race([this.#definition.execute({ config, signal }), crashed]),
        {
          who: 'the data source',
          signal,
          grace,
          warn,
          around: this.#around,
        },
      )
      return outputValue(this.#definition.output, answer)
    })
  }
}

/** The answer as the output schema has it: every attribute, typed, null where nothing is given. */
function outputValue<Output extends ConfigSchema>(output: Output, answer: ConfigInput<Output>): Value {
  const raw = writtenShape(output.shape, answer)
  if (!isRecord(raw))
    throw new Error('The data source answered no object: return one with the fields of its output')
  try {
    const decoded = decodeValues(output, raw, {
      placeholders: false,
      secrets: new Secrets(),
      template: undefined,
    })
    return fromPlain(writtenShape(output.shape, decoded.config), schemaType(output))
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new Error(`The data source answered what its output does not allow. ${error.message}`)
  }
}
