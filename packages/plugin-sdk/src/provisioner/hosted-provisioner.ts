import type { ConfigElement, ObjectSpec, ProvisionCall, Provisioner } from '@ingot/plugin-rpc'
import { ConnectedMachine } from '../communicator/connected-machine.ts'
import { authorRun, renderWith } from '../component/author-run.ts'
import { PreparedConfig } from '../component/prepared-config.ts'
import type { ConfigSchema } from '../config/config.ts'
import { CancelledError } from '../errors/cancelled-error.ts'
import { readable } from '../errors/readable.ts'
import type { Surroundings } from '../plugin/surroundings.ts'
import type { ProvisionerComponent, ProvisionerDefinition } from './definition.ts'

/** A provisioner as hosts call it. */
export class HostedProvisioner<Schema extends ConfigSchema> implements Provisioner {
  readonly #definition: ProvisionerDefinition<Schema>
  readonly #around: Surroundings
  readonly #config: PreparedConfig<Schema>
  #warnings: readonly string[] = []

  constructor({ definition }: ProvisionerComponent<Schema>, around: Surroundings) {
    this.#definition = definition
    this.#around = around
    this.#config = new PreparedConfig<Schema>(definition, around, { readsBuild: true })
  }

  async configSpec(): Promise<ObjectSpec> {
    return this.#config.spec
  }

  prepare(configs: readonly ConfigElement[]): Promise<void> {
    return readable(this.#around, async () => {
      this.#warnings = await this.#config.prepare(configs)
    })
  }

  provision(call: ProvisionCall): Promise<void> {
    const { data, signal } = call
    const run = { ...call, who: 'the provisioner', grace: this.#definition.abortGrace }
    return readable(this.#around, () =>
      authorRun(run, this.#around, async (ui) => {
        // The answer to Prepare has no place for them.
        for (const warning of this.#warnings) void ui.say(`Warning: ${warning}`)
        const { config, packer } = this.#config.final(data)
        const communicator = new ConnectedMachine(call.communicator, { ui, signal })
        const render = renderWith(packer, data)
        await this.#definition.run({ config, packer, ui, communicator, data, render, signal })
        CancelledError.throwIf(signal)
      }),
    )
  }
}
