import { config } from '../../config/config.ts'
import type { Values } from '../../config/field.ts'

/** The fields by which templates say how a machine is shut down, to be spread into a configuration. */
export function shutdownConfig() {
  return {
    shutdown_command: config
      .string()
      .doc('Shuts the machine down from within; unless given, the builder switches it off.'),
    shutdown_timeout: config.duration().default('5m').doc('How long the machine may take to shut down.'),
  }
}

/** The values of {@link shutdownConfig}, as a part of a builder's configuration. */
export type ShutdownConfig = Values<ReturnType<typeof shutdownConfig>>
