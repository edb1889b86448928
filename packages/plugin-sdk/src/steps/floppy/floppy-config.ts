import { config } from '../../config/config.ts'
import type { Values } from '../../config/field.ts'

/**
 * The fields by which templates say what is on a floppy, to be spread into a configuration: all that begin with
 * `floppy_`. {@link stepCreateFloppy} makes it.
 */
export function floppyConfig() {
  return {
    floppy_files: config
      .list(config.string())
      .default([])
      .doc('Files for the root of a floppy, as `Autounattend.xml`; may have wildcards.'),
    floppy_dirs: config
      .list(config.string())
      .default([])
      .doc('Folders for the floppy, with all that is in them; may have wildcards.'),
    floppy_content: config
      .map()
      .default({})
      .doc('Files for the floppy, by path; they replace files of the same path.'),
    floppy_label: config
      .string()
      .default('packer')
      .pattern(/^[\w!#$%&'()@^`{}~ -]{0,11}$/, 'at most 11 plain characters')
      .doc('What the floppy is called.'),
  }
}

/** The values of {@link floppyConfig}, as a part of a builder's configuration. */
export type FloppyConfig = Values<ReturnType<typeof floppyConfig>>
