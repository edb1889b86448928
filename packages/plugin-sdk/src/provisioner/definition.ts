import type { GeneratedData } from '@ingot/plugin-rpc'
import type { RemoteMachine } from '../communicator/remote-machine.ts'
import type { Render } from '../component/author-run.ts'
import type { PrepareCall } from '../component/prepared-config.ts'
import type { ConfigOf, ConfigSchema } from '../config/config.ts'
import type { Duration } from '../config/duration.ts'
import type { PackerSettings } from '../config/packer-settings.ts'
import type { BuildUi } from '../ui/build-ui.ts'

/** What a provisioner is: see {@link defineProvisioner}. */
export interface ProvisionerDefinition<Schema extends ConfigSchema> {
  /** For the documentation; Markdown. */
  readonly doc?: string
  readonly config: Schema
  /** How long after a cancel `run` may still take, {@link ABORT_GRACE} unless told; then it is left and its process ends. */
  readonly abortGrace?: Duration
  /** Checks beyond the schema, with no side effect: throw to refuse, call `warn` to warn. Runs several times. */
  prepare?(call: PrepareCall<ConfigOf<Schema>>): void | Promise<void>
  /** Changes the machine. Throw an error whose message says what the user can do; it may run again after one. */
  run(provisioning: Provisioning<ConfigOf<Schema>>): void | Promise<void>
}

/** What a running provisioner has at hand. */
export interface Provisioning<Config> {
  readonly config: Config
  readonly packer: PackerSettings
  /** What the user reads, in the order it was said; sensitive values never show. */
  readonly ui: BuildUi
  /** The machine; any use of it fails where the builder has none. */
  readonly communicator: RemoteMachine
  /** What the builder tells of the machine: `Host`, `User`, `ID`, … */
  readonly data: GeneratedData
  /** Fills in `{{ }}` of a `.verbatim()` field. */
  readonly render: Render
  /** Aborted when the user cancels the build. */
  readonly signal: AbortSignal
}

/** A provisioner, ready for {@link definePlugin} and {@link testProvisioner}. */
export interface ProvisionerComponent<Schema extends ConfigSchema = ConfigSchema> {
  readonly kind: 'provisioner'
  readonly definition: ProvisionerDefinition<Schema>
}

/**
 * Defines a provisioner. The type of `config` in `run` follows from the schema; texts in it may read what the builder
 * tells, as `${build.Host}`, and in JSON templates as `{{ build "Host" }}`.
 *
 * @example
 * const motd = defineProvisioner({
 *   config: config({ text: config.string().required() }),
 *   async run({ config, communicator }) {
 *     await communicator.upload('/etc/motd', config.text)
 *     const { exitStatus, stderr } = await communicator.exec('update-motd')
 *     if (exitStatus !== 0) throw new Error(`update-motd failed: ${stderr}`)
 *   },
 * })
 */
export function defineProvisioner<Schema extends ConfigSchema>(
  definition: ProvisionerDefinition<Schema>,
): ProvisionerComponent<Schema> {
  return { kind: 'provisioner', definition }
}
