import type { Communicator, GeneratedData } from '@ingot/plugin-rpc'
import type { Build, ProvisionCall } from '../builder/definition.ts'
import type { SshKeyPair } from '../communicator/connect/ssh-key-pair.ts'
import type { CommunicatorConfig } from '../communicator/settings/communicator-config.ts'
import type { Render } from '../component/author-run.ts'
import type { PackerSettings } from '../config/packer-settings.ts'
import type { BuildUi } from '../ui/build-ui.ts'

/**
 * The names that steps agree on. A builder adds its own, and says what its `config` and `driver` are, in an interface
 * that extends this one. Those up to `debug` are there from the beginning.
 */
export interface StepState {
  ui: BuildUi
  /** Aborted when the user cancels the build. */
  signal: AbortSignal
  /** The builder's configuration. */
  config: unknown
  packer: PackerSettings
  /** Runs the template's provisioners. */
  provision: (call?: ProvisionCall<GeneratedData>) => Promise<void>
  /** Runs the template's `error-cleanup-provisioner`. */
  cleanUpProvisioning: Build<unknown>['cleanUpProvisioning']
  /** Fills in `{{ }}` of a `.verbatim()` field. */
  render: Render
  /** `packer build -debug`. */
  debug: boolean
  /** What talks to the platform. */
  driver: unknown
  /** Why the build halted. */
  error: Error
  /** How provisioners reach the machine; absent where they cannot. */
  communicator: Communicator
  /** What is logged in with: the template's key pair or a temporary one. */
  ssh_key_pair: SshKeyPair
  /** How it is reached, as the template says. */
  communicator_config: CommunicatorConfig
  /** What provisioners read as `build.NAME`; see {@link putData}. */
  generated_data: GeneratedData
  instance_id: string
  /** Where files are served for the machine; 0 where none are. */
  http_port: number
  /** This machine's address as the built one sees it. */
  http_ip: string
  cd_path: string
  iso_path: string
  floppy_path: string
  /** Where a downloaded file came from. */
  SourceImageURL: string
  /** Waits for the user; there with `-debug`. */
  pauseFn: PauseFunction
  /** The user cancelled the build. */
  cancelled: boolean
  /** A step halted the build. */
  halted: boolean
  /** Nothing more is cleaned up. */
  aborted: boolean
}

/** Waits until the user goes on, or the build is cancelled. */
export type PauseFunction = (when: PauseMoment, step: string) => Promise<void>

/** As in a sentence. */
export type PauseMoment = 'after run of' | 'before cleanup of'
