import { config } from '../../config/config.ts'
import type { Values } from '../../config/field.ts'

/**
 * The fields by which templates say what is typed when a machine boots, to be spread into a configuration.
 * {@link parseBootCommand} reads the keys, {@link typeBootCommand} types them.
 */
export function bootConfig() {
  return {
    boot_command: config
      .list(config.string())
      .default([])
      .verbatim()
      .doc(
        'What is typed: text, keys as `<enter>`, `<leftCtrlOn>` and `<leftCtrlOff>`, and waits as `<wait5s>`.',
      ),
    boot_wait: config.duration().default('10s').doc('How long to wait before typing.'),
    boot_keygroup_interval: config
      .duration()
      .doc('How long to wait after each group of keys, where that is more than none.'),
  }
}

/** The fields of a builder that types through VNC: those of {@link bootConfig}, and two more. */
export function vncConfig() {
  return {
    ...bootConfig(),
    disable_vnc: config.boolean().default(false).doc('Does without VNC, so that nothing can be typed.'),
    boot_key_interval: config.duration().doc('How long to wait after each key.'),
  }
}

/** The values of {@link bootConfig}, as a part of a builder's configuration. */
export type BootConfig = Values<ReturnType<typeof bootConfig>>
