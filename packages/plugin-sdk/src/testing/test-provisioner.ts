import { type Communicator, connectInProcess, type GeneratedData } from '@ingot/plugin-rpc'
import { standardData } from '../artifact/generated-data.ts'
import type { ConfigInput, ConfigSchema } from '../config/config.ts'
import type { Plugin } from '../plugin/define-plugin.ts'
import type { ProvisionerComponent } from '../provisioner/definition.ts'
import { HostedProvisioner } from '../provisioner/hosted-provisioner.ts'
import { type AnyConfig, componentOf } from './component-of.ts'
import { callConfigs, type TemplateKind } from './config-elements.ts'
import { RecordingUi } from './recording-ui.ts'
import { told } from './test-error.ts'
import { testMachine } from './test-machine.ts'
import { testSurroundings } from './test-surroundings.ts'

/** What surrounds a provisioner under test. */
export interface TestProvisionOptions {
  /** What it works on; unless told, a machine in memory on which every command succeeds. */
  readonly machine?: { readonly communicator: Communicator }
  /** What the builder tells, beside the standard names. */
  readonly data?: GeneratedData
  /** Cancels the build. */
  readonly signal?: AbortSignal
  /** More of what the host says: `packer_force`, `packer_user_variables`, … */
  readonly packer?: Readonly<Record<string, unknown>>
  /** How the template is written; `hcl` unless told. Only JSON templates read build variables as `{{ build }}`. */
  readonly template?: TemplateKind
}

/** What a provisioner did. */
export interface TestProvisioning {
  /** All that the user read, a line each. */
  readonly output: string
}

/** Runs of one provisioner; see {@link testProvisioner}. */
export interface ProvisionerTest<Config> {
  /** @throws TestBuildError when the configuration is refused or the run fails. */
  run(config: Config, options?: TestProvisionOptions): Promise<TestProvisioning>
  /** @throws TestBuildError when the configuration is refused. */
  prepare(config: Config, options?: TestProvisionOptions): Promise<void>
}

/**
 * Runs a provisioner over the real wire, in process, as Packer does: prepare when the template is read, prepare
 * again, provision.
 *
 * @example
 * const machine = testMachine()
 * await testProvisioner(motd).run({ text: 'Hello' }, { machine })
 * expect(String(machine.files.get('/etc/motd')?.content)).toBe('Hello')
 */
export function testProvisioner<Schema extends ConfigSchema>(
  component: ProvisionerComponent<Schema>,
): ProvisionerTest<ConfigInput<Schema>>
/** The plugin's only provisioner, or the one of that name. */
export function testProvisioner(plugin: Plugin, name?: string): ProvisionerTest<AnyConfig>
export function testProvisioner(
  // biome-ignore lint/suspicious/noExplicitAny: the overloads say which
  given: ProvisionerComponent<any> | Plugin,
  name?: string,
): ProvisionerTest<AnyConfig> {
  const component = componentOf(given, 'provisioners', name)
  const schema = component.definition.config
  const connect = () =>
    connectInProcess({ provisioner: new HostedProvisioner(component, testSurroundings()) })
  return {
    async run(config, { machine = testMachine(), signal = new AbortController().signal, ...options } = {}) {
      await using plugin = await connect()
      const ui = new RecordingUi()
      const data = { ...standardData(), ...options.data }
      const [first, last] = callConfigs(schema, config, { ...options, data })
      await told(ui, async () => {
        await plugin.provisioner.prepare(first)
        if (last) await plugin.provisioner.prepare(last)
        await plugin.provisioner.provision({ ui, communicator: machine.communicator, data, signal })
      })
      return { output: ui.lines.join('\n') }
    },
    async prepare(config, options = {}) {
      await using plugin = await connect()
      const data = { ...standardData(), ...options.data }
      const [first] = callConfigs(schema, config, { ...options, data })
      await told(new RecordingUi(), () => plugin.provisioner.prepare(first))
    },
  }
}
