import { readdir } from 'node:fs/promises'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { join, resolve, sep } from 'node:path'
import { closest } from '../../config/closest.ts'

/** Serves texts by path; for any other path, the answer names the nearest. */
export function contentHandler(content: Readonly<Record<string, string>>): RequestListener {
  const byPath = new Map(Object.entries(content).map(([path, text]) => [absolute(path), text]))
  return (request, response) => {
    const path = pathOf(request)
    const text = byPath.get(path)
    if (text !== undefined) return answer(response, 200, text)
    const near = closest(path, byPath.keys())
    answer(response, 404, `${path} not found.${near ? ` Did you mean "${near}"?` : ''}\n`)
  }
}

/**
 * Serves the files of a folder as they are at the time, with ranges; a folder without `index.html` as a list.
 * Rejects where there is no such folder.
 */
export async function directoryHandler(directory: string): Promise<RequestListener> {
  const root = resolve(directory)
  await readdir(root)
  const { default: sirv } = await import('sirv')
  const serve = sirv(root, { dev: true, dotfiles: true, etag: true, onNoMatch: list })
  return (request, response) => serve(request, response)

  function list(request: IncomingMessage, response: ServerResponse): void {
    const path = pathOf(request)
    listing(root, path).then(
      (html) => answer(response, 200, html, 'text/html; charset=utf-8'),
      () => answer(response, 404, `${path} not found.\n`),
    )
  }
}

/** Rejects where there is no such folder in the root. */
async function listing(root: string, path: string): Promise<string> {
  const folder = join(root, path)
  if (folder !== root && !folder.startsWith(root + sep)) throw new Error('outside')
  const entries = await readdir(folder, { withFileTypes: true })
  const links = entries.map((entry) => {
    const name = entry.isDirectory() ? `${entry.name}/` : entry.name
    return `<a href="${absolute(encodeURI(join(path, name)))}">${escaped(name)}</a>`
  })
  return `<pre>\n${links.sort().join('\n')}\n</pre>\n`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** What is no path is taken as it is, and found nowhere. */
function pathOf({ url = '/' }: IncomingMessage): string {
  const [path = '/'] = url.split('?')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function absolute(path: string): string {
  return path.startsWith('/') ? path : `/${path}`
}

function answer(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8') {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) })
  response.end(response.req.method === 'HEAD' ? undefined : text)
}
