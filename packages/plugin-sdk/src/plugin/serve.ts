import nodeModule from 'node:module'
import { servePlugin } from '@ingot/plugin-rpc'
import { Secrets } from '../secrets/secrets.ts'
import { type Plugin, pluginSet } from './define-plugin.ts'

/**
 * Does what a host asks of this process, and ends it: `describe`, or one component of the plugin until the host
 * leaves. A bundle calls it; call it yourself only in a main file of your own.
 */
export async function serve(plugin: Plugin): Promise<never> {
  const secrets = new Secrets()
  guardLog(secrets)
  keepCompiled()
  const log = (text: string) => console.error(text)
  const leaving = new AbortController()
  const around = { secrets, log, crashed: watchForCrash(secrets), leave: () => leaving.abort() }
  process.exit(await servePlugin(pluginSet(plugin, around), { leave: leaving.signal }))
}

/**
 * Rejects with the first error that nobody catches: one of a callback or promise of the author's. The wire answers
 * the open call with it; here the call learns that it need not wait for the author's code any longer.
 */
function watchForCrash(secrets: Secrets): Promise<never> {
  const { promise, reject } = deferred()
  const crash = (error: unknown) => {
    if (error instanceof Error) error.message = secrets.hide(error.message)
    reject(error)
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
  // There may be no call that waits.
  promise.catch(() => {})
  return promise
}

function deferred(): { readonly promise: Promise<never>; readonly reject: (error: unknown) => void } {
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse
  })
  return { promise, reject }
}

/** Hides secrets in all that goes to the log. */
function guardLog(secrets: Secrets): void {
  const write = process.stderr.write.bind(process.stderr) as (text: string, ...rest: unknown[]) => boolean
  process.stderr.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
    return write(secrets.hide(text), ...rest)
  }
}

/** How long to wait before writing the compiled code to its cache, in milliseconds: the handshake comes first. */
const KEEP_AFTER = 20

/** Node writes its cache when it ends, but a host kills its plugins; where nothing changed this does nothing. */
function keepCompiled(): void {
  setTimeout(() => nodeModule.flushCompileCache?.(), KEEP_AFTER).unref()
}
