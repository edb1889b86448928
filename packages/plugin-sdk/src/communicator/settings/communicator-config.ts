import { config } from '../../config/config.ts'
import type { Defaulted, Values } from '../../config/field.ts'
import type { StringField } from '../../config/fields.ts'
import { communicatorProblems } from './communicator-problems.ts'
import { sshFields } from './ssh-fields.ts'
import { winrmFields } from './winrm-fields.ts'

/** The communicators that every builder with these fields has. */
export type CommunicatorType = 'ssh' | 'winrm' | 'none'

/** What differs for a builder. */
export interface CommunicatorOptions<Custom extends string> {
  /** Communicators of the builder's own, as `docker`. */
  readonly custom?: readonly Custom[]
  /** The one that is used unless a template says otherwise; `ssh` unless told. */
  readonly default?: CommunicatorType | Custom
}

/**
 * The fields by which templates say how a machine is reached, to be spread into a configuration: `communicator`,
 * `pause_before_connecting`, and all that begin with `ssh_`, `winrm_` or `temporary_key_pair_`. What contradicts
 * itself among them is refused together with everything else that is wrong with a configuration.
 *
 * @example
 * const settings = config({ ...communicatorConfig(), region: config.string().required() })
 */
export function communicatorConfig<const Custom extends string = never>(
  options: CommunicatorOptions<Custom> = {},
) {
  return { ...typeFields(options), ...sshFields(), ...winrmFields() }
}

/** The values of {@link communicatorConfig}, as a part of a builder's configuration. */
export type CommunicatorConfig = Omit<Values<ReturnType<typeof communicatorConfig>>, 'communicator'> & {
  readonly communicator: string
}

function typeFields<Custom extends string>(options: CommunicatorOptions<Custom>) {
  const types: readonly (CommunicatorType | Custom)[] = ['ssh', 'winrm', 'none', ...(options.custom ?? [])]
  const communicator = config
    .string()
    .oneOf(...types)
    .default(options.default ?? 'ssh')
    .checkBeside(communicatorProblems)
    .doc('How the machine is reached; `none` does without provisioners that need it.')
  return {
    communicator: communicator as StringField<CommunicatorType | Custom> & Defaulted,
    pause_before_connecting: config
      .duration()
      .doc(
        'How long to wait after the first successful login before logging in anew, as where a machine reboots.',
      ),
  }
}
