import { config } from '../../config/config.ts'
import type { Values } from '../../config/field.ts'

/**
 * The fields by which templates say what is on a CD, to be spread into a configuration: all that begin with `cd_`.
 * {@link stepCreateCd} makes it.
 */
export function cdConfig() {
  return {
    cd_files: config
      .list(config.string())
      .default([])
      .doc(
        'Files and folders for a CD; may have wildcards. A folder keeps its name, unless a slash at its end says that ' +
          'only what is in it is meant.',
      ),
    cd_content: config
      .map()
      .default({})
      .doc('Files for the CD, by path; they replace files of the same path.'),
    cd_label: config
      .string()
      .default('packer')
      .max(32)
      .doc('What the CD is called, as `cidata` for cloud-init.'),
  }
}

/** The values of {@link cdConfig}, as a part of a builder's configuration. */
export type CdConfig = Values<ReturnType<typeof cdConfig>>
