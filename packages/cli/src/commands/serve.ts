import { once } from 'node:events'
import type { Command } from 'commander'
import { onInterrupt } from '../interrupt.ts'
import { settingsOf } from '../settings.ts'

/** `ingot serve`: the registry, until Ctrl-C. */
export function serve(ingot: Command): void {
  ingot
    .command('serve')
    .description('Start the registry and keep serving until Ctrl-C')
    .option('--log', 'log every request to standard error, as JSON lines')
    .addHelpText('after', '\nExample:\n  ingot serve --data ./registry --listen 127.0.0.1:8443')
    .action(async (options: { readonly log?: boolean }, at: Command) => {
      const { startRegistry } = await import('@ingot/registry')
      const { dataDir, listen, print } = settingsOf(at)
      using interrupt = onInterrupt(print.note, 'Stopping: requests in flight are finished …')
      const registry = await startRegistry({ dataDir, listen, logLevel: options.log ? 'info' : 'warn' })
      print.result(
        { url: registry.url, dataDir, pid: process.pid },
        () => `Serving ${registry.url} from ${dataDir}`,
      )
      print.note(
        'In another shell:  eval "$(ingot env)"   then packer and terraform talk to it.  Ctrl-C stops.',
      )
      if (!interrupt.signal.aborted) await once(interrupt.signal, 'abort')
      await registry.close()
    })
}
