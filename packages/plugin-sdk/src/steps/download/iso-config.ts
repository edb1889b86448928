import { config } from '../../config/config.ts'
import type { ConfigProblem } from '../../config/config-error.ts'
import type { Values } from '../../config/field.ts'
import { messageOf } from '../../errors/message-of.ts'
import { formatChecksum, parseChecksum } from './checksum.ts'
import { type DownloadOptions, unchecked } from './step-download.ts'

/**
 * The fields by which templates say from which ISO a machine is installed, to be spread into a configuration: all that
 * begin with `iso_`. {@link isoDownload} makes options for {@link stepDownload} of them.
 */
export function isoConfig() {
  return {
    iso_url: config
      .string()
      .checkBeside(isoProblems)
      .doc('Where the ISO is: a URL of http, https or file, or a path.'),
    iso_urls: config.list(config.string()).doc('Several such places; the first that works is taken.'),
    iso_checksum: config
      .string()
      .required()
      .check(checksumProblem, 'a checksum')
      .doc(
        'What the ISO must be: `sha256:…`, `md5:…`, `sha1:…`, `sha512:…`, `file:URL` of a list as `sha256sum` writes it, or ' +
          '`none`.',
      ),
    iso_target_path: config.string().doc('Where the ISO is kept; unless given, in the cache of Packer.'),
    iso_target_extension: config.string().default('iso').doc('Of its name in the cache.'),
  }
}

/** The values of {@link isoConfig}, as a part of a builder's configuration. */
export type IsoConfig = Values<ReturnType<typeof isoConfig>>

/**
 * What {@link stepDownload} needs for the ISO; its path becomes `iso_path`.
 *
 * @example
 * await runSteps([stepDownload(isoDownload(config)), stepProvision()], build)
 */
export function isoDownload(config: IsoConfig): DownloadOptions & { readonly resultKey: 'iso_path' } {
  return {
    description: 'ISO',
    urls: isoUrls(config),
    checksum: normalised(config.iso_checksum),
    resultKey: 'iso_path',
    extension: config.iso_target_extension,
    ...(config.iso_target_path ? { targetPath: config.iso_target_path } : {}),
  }
}

/** What a user should know of the ISO before the build: for a builder's `prepare`. */
export function isoWarnings({ iso_checksum: checksum }: Pick<IsoConfig, 'iso_checksum'>): readonly string[] {
  return checksum.toLowerCase() === 'none' ? [unchecked('ISO')] : []
}

function isoUrls({
  iso_url: url,
  iso_urls: urls,
}: Pick<IsoConfig, 'iso_url' | 'iso_urls'>): readonly string[] {
  return url ? [url] : (urls ?? [])
}

/** Of the ways to write one checksum, one names the file in the cache. */
function normalised(text: string): string {
  const said = parseChecksum(text)
  return said.kind === 'literal' ? formatChecksum(said.checksum) : text
}

function checksumProblem(text: string): string | undefined {
  try {
    parseChecksum(text)
  } catch (error) {
    return messageOf(error)
  }
}

function isoProblems(values: Readonly<Record<string, unknown>>): readonly ConfigProblem[] {
  const { iso_url: url, iso_urls: urls } = values
  const path = 'iso_url, iso_urls'
  const isList = Array.isArray(urls) && urls.length > 0
  if (url && isList) return [{ path, message: 'exclude each other: give only one of them' }]
  return url || isList ? [] : [{ path, message: 'required: give one of them' }]
}
