import { basename, isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DownloadError } from './download-error.ts'

/** Where a file comes from. */
export type FileSource =
  | { readonly kind: 'http'; readonly url: URL }
  | { readonly kind: 'local'; readonly path: string }

/** Reads a URL or a path. @throws DownloadError `source` */
export function fileSource(text: string): FileSource {
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]+):/i.exec(text) ?? []
  if (scheme === '' || isAbsolute(text)) return { kind: 'local', path: resolve(text) }
  const known = /^https?$/i.test(scheme) ? 'http' : /^file$/i.test(scheme) ? 'file' : undefined
  if (known === undefined || (known === 'http' && !URL.canParse(text))) {
    throw new DownloadError('source', `${shownSource(text)} is no URL of http, https or file, nor a path`)
  }
  return known === 'http' ? { kind: 'http', url: new URL(text) } : { kind: 'local', path: localPath(text) }
}

/** Templates also write paths behind the scheme that are not absolute. */
function localPath(text: string): string {
  try {
    if (/^file:\/\/\//i.test(text)) return fileURLToPath(text)
  } catch (cause) {
    throw new DownloadError('source', `${text} is no path of a file`, { cause })
  }
  return resolve(text.replace(/^file:(\/\/)?/i, ''))
}

/** The last part of the path. */
export function sourceName(source: FileSource): string {
  if (source.kind === 'local') return basename(source.path)
  const name = basename(source.url.pathname)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** As users read it: without a password. */
export function shownSource(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/@:]*):[^/@]*@/i, '$1:***@')
}
