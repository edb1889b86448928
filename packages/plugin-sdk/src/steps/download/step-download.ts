import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { cachePath } from '../../cache/cache-path.ts'
import { messageOf } from '../../errors/message-of.ts'
import type { StateBag } from '../state-bag.ts'
import type { Step } from '../step.ts'
import type { StepState } from '../step-state.ts'
import { parseChecksum, verifyFile } from './checksum.ts'
import { DownloadError } from './download-error.ts'
import { downloadFile } from './download-file.ts'
import { fetchChecksum } from './fetch-checksum.ts'
import { type FileSource, fileSource, shownSource } from './file-source.ts'

/** What is downloaded, and where to. */
export interface DownloadOptions<State extends StepState = StepState> {
  /** What messages call it, as `ISO`. */
  readonly description: string
  /** The first that works is taken: URLs of http, https and file, or paths. */
  readonly urls: readonly string[]
  /** `sha256:…` and the like, hexadecimal digits alone, `file:URL` of a list, or `none`, which is said to the user. */
  readonly checksum?: string
  /** Under which name the path is put. */
  readonly resultKey: keyof State & string
  /** Where it goes; unless told into the cache that all builds share. */
  readonly targetPath?: string
  /** Of its name in the cache, as `iso`. */
  readonly extension?: string
}

/**
 * Downloads a file unless it is there, and puts its path and `SourceImageURL`. A local file without `targetPath` is used
 * where it is. A download that broke is taken up again where there is a checksum to see that it is right.
 */
export function stepDownload<State extends StepState = StepState>(
  options: DownloadOptions<State>,
): Step<State> {
  return {
    name: 'StepDownload',
    async run(state: StateBag<State>) {
      const { description, checksum = '', urls } = options
      const ui = state.get('ui')
      if (parseChecksum(checksum).kind === 'none' && checksum !== '') void ui.say(unchecked(description))
      void ui.say(`Retrieving ${description}`)
      const failures: unknown[] = []
      for (const url of urls) {
        void ui.say(`Trying ${shownSource(url)}`)
        try {
          const path = await retrieve(url, options, state)
          void ui.say(`${shownSource(url)} => ${path}`)
          state.put(options.resultKey, path as State[keyof State & string])
          state.put('SourceImageURL', url)
          return
        } catch (error) {
          state.get('signal').throwIfAborted()
          void ui.error(`Downloading ${shownSource(url)} failed: ${messageOf(error)}`)
          failures.push(error)
        }
      }
      throw new DownloadError('unreachable', `Downloading ${description} failed: ${reasons(failures)}`)
    },
  }
}

function reasons(failures: readonly unknown[]): string {
  return failures.length === 0 ? 'there is no URL' : failures.map(messageOf).join('; ')
}

/** What is said of a file that nothing tells apart from another. */
export function unchecked(description: string): string {
  return `Warning: nothing checks that ${description} is the right file: give a checksum other than "none"`
}

async function retrieve<State extends StepState>(
  url: string,
  { checksum: text = '', targetPath, extension = '' }: DownloadOptions<State>,
  state: StateBag<State>,
): Promise<string> {
  const [ui, signal] = [state.get('ui'), state.get('signal')]
  const source: FileSource = fileSource(url)
  const checksum = await fetchChecksum(text, source, signal)
  if (source.kind === 'local' && !targetPath) {
    await access(source.path, constants.R_OK)
    if (checksum) await verifyFile(source.path, checksum, signal)
    return source.path
  }
  const target = targetPath ? resolve(targetPath) : await cachePath(cacheName(text, url, extension))
  await downloadFile(source, { target, checksum }, { ui, signal })
  return target
}

/** As Packer's own builders name it, so that a file is downloaded once for all of them. */
export function cacheName(checksum: string, url: string, extension: string): string {
  const isChecked = parseChecksum(checksum).kind !== 'none'
  const name = createHash('sha1')
    .update(isChecked ? checksum : url)
    .digest('hex')
  return extension ? `${name}.${extension}` : name
}
