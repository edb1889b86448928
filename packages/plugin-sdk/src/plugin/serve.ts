import { servePlugin } from '@ingot/plugin-rpc'
import { stackOf } from '../errors/message-of.ts'
import { Secrets } from '../secrets/secrets.ts'
import { type Plugin, pluginSet } from './define-plugin.ts'

/**
 * Does what a host asks of this process, and ends it: `describe`, or one component of the plugin until the host
 * leaves. A bundle calls it; call it yourself only in a main file of your own.
 */
export async function serve(plugin: Plugin): Promise<never> {
  const secrets = new Secrets()
  guardLog(secrets)
  const log = (text: string) => console.error(text)
  process.exit(await servePlugin(pluginSet(plugin, { secrets, log, crashed: watchForCrash(log) })))
}

/** Rejects with the first error that nobody catches: one of a callback or promise of the author's. */
function watchForCrash(log: (text: string) => void): Promise<never> {
  const { promise, reject } = deferred()
  process.on('uncaughtException', (error) => {
    log(`An error escaped: ${stackOf(error)}`)
    reject(error)
  })
  // It is told by whatever call is open, or by the next.
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

/** Hides secrets in all that goes to the log, and the word at which Packer believes that it crashed itself. */
function guardLog(secrets: Secrets): void {
  const write = process.stderr.write.bind(process.stderr) as (text: string, ...rest: unknown[]) => boolean
  process.stderr.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
    return write(secrets.hide(text).replaceAll('panic:', 'panic :'), ...rest)
  }
}
