import { createServer, type RequestListener, type Server } from 'node:http'
import type { Step } from '../step.ts'
import { type HeldPort, listenInRange } from './free-port.ts'
import type { HttpConfig } from './http-config.ts'
import { contentHandler, directoryHandler } from './http-handler.ts'
import { bindAddress, listenOptions, reachable } from './listen-address.ts'

/**
 * Serves what the template's `http_directory` or `http_content` says until the build ends. Puts `http_port`, which is 0
 * where there is nothing to serve, and `http_ip` where the template names one address and no step before has put it.
 */
export function stepHttpServer(config: HttpConfig): Step {
  let running: { readonly server: Server; readonly held: HeldPort } | undefined
  return {
    name: 'StepHTTPServer',
    async run(state) {
      const handler = await handlerOf(config)
      if (!handler) return state.put('http_port', 0)
      const address = bindAddress(config)
      const server = createServer(handler)
      const held = await listenInRange(server, {
        min: config.http_port_min,
        max: config.http_port_max,
        listenAt: listenOptions(config.http_network_protocol, address),
        random: Math.random,
      })
      running = { server, held }
      void state.get('ui').say(`Starting HTTP server on port ${held.port}`)
      state.put('http_port', held.port)
      const ip = reachable(address)
      if (ip && state.getOk('http_ip') === undefined) state.put('http_ip', ip)
    },
    async cleanup() {
      if (!running) return
      const { server, held } = running
      running = undefined
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      await held.lock.release()
    },
  }
}

async function handlerOf({
  http_directory: directory,
  http_content: content,
}: HttpConfig): Promise<RequestListener | undefined> {
  if (directory) return directoryHandler(directory)
  if (content && Object.keys(content).length > 0) return contentHandler(content)
}
