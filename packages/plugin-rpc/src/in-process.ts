import type { Builder, Datasource } from './components.ts'

export interface InProcessOptions {
  /** How specs and values travel; true unless told. */
  readonly protobuf?: boolean
}

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
  component: { readonly datasource: Datasource },
  options?: InProcessOptions,
): Promise<InProcessPlugin & { readonly datasource: Datasource }>
export async function connectInProcess(
  _component: { readonly builder: Builder } | { readonly datasource: Datasource },
  _options: InProcessOptions = {},
): Promise<InProcessPlugin & ({ readonly builder: Builder } | { readonly datasource: Datasource })> {
  throw new Error('Connecting in process is not there yet.')
}
