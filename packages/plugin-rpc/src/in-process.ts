import type { Builder, Component, Datasource, PostProcessor, Provisioner } from './components.ts'
import type { ComponentKind } from './handshake.ts'
import { type ConnectedComponent, connectComponent } from './host/connect-component.ts'
import { ServedComponent } from './plugin/serve-component.ts'
import { memoryPipe } from './yamux/memory-pipe.ts'

/** How {@link connectInProcess} serves a component. */
export interface InProcessOptions {
  /** How specs and values travel; true unless told. */
  readonly protobuf?: boolean
  /** What the plugin's end would have written to its log: failures in full. */
  readonly onLog?: (line: string) => void
}

/** A component that is served in this process; `await using` ends the connection. */
export interface InProcessPlugin extends AsyncDisposable {
  /** Ends the connection as a host's death does, and resolves when the component's calls have ended. */
  close(): Promise<void>
}

/**
 * Both ends of the real wire in one process: the component is served on one end of a pipe in memory, and
 * the answer is a host's client of it. For tests of components.
 */
export function connectInProcess(
  component: { readonly builder: Builder },
  options?: InProcessOptions,
): Promise<InProcessPlugin & { readonly builder: Builder }>
export function connectInProcess(
  component: { readonly provisioner: Provisioner },
  options?: InProcessOptions,
): Promise<InProcessPlugin & { readonly provisioner: Provisioner }>
export function connectInProcess(
  component: { readonly postProcessor: PostProcessor },
  options?: InProcessOptions,
): Promise<InProcessPlugin & { readonly postProcessor: PostProcessor }>
export function connectInProcess(
  component: { readonly datasource: Datasource },
  options?: InProcessOptions,
): Promise<InProcessPlugin & { readonly datasource: Datasource }>
export async function connectInProcess(
  component: Component,
  { protobuf = true, onLog = () => {} }: InProcessOptions = {},
): Promise<InProcessPlugin & Component> {
  const [hostEnd, pluginEnd] = memoryPipe()
  const served = new ServedComponent(pluginEnd, component, { protobuf, log: onLog })
  const connected = await connectComponent(hostEnd, { protobuf, log: onLog })
  const close = () => end(connected, served)
  const plugin = { close, [Symbol.asyncDispose]: close }
  return { ...plugin, ...connected.client(kindOf(component)) }
}

function kindOf(component: Component): ComponentKind {
  if ('builder' in component) return 'builder'
  if ('provisioner' in component) return 'provisioner'
  return 'postProcessor' in component ? 'post-processor' : 'datasource'
}

async function end(connected: ConnectedComponent, served: ServedComponent): Promise<void> {
  await connected.close()
  await served.ended
}
