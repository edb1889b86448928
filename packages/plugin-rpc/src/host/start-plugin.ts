import type { Builder, Datasource } from '../components.ts'

export interface StartOptions {
  readonly file: string
  /** Words before `start`, for a plugin that an interpreter runs. */
  readonly args?: readonly string[]
  /** As in the plugin's description. */
  readonly name: string
  /** Only for plugins whose description says `v2`. */
  readonly protobuf: boolean
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** One line of the plugin's stderr, without its end. */
  readonly onLog?: (line: string) => void
  /** Milliseconds; 60 000 unless told, as in Packer. */
  readonly handshakeTimeout?: number
}

export interface RunningPlugin extends AsyncDisposable {
  readonly pid: number
  /** Ends the process with SIGKILL, as Packer does, and resolves when it is gone. */
  kill(): Promise<void>
}

export interface RunningBuilder extends RunningPlugin {
  readonly builder: Builder
}

export interface RunningDatasource extends RunningPlugin {
  readonly datasource: Datasource
}

/**
 * Starts a plugin process for one component and connects to it. Throws a `PluginError` that names the plugin
 * and what it printed last; so does every call that is open when the plugin dies.
 */
export function startPlugin(options: StartOptions & { readonly kind: 'builder' }): Promise<RunningBuilder>
export function startPlugin(
  options: StartOptions & { readonly kind: 'datasource' },
): Promise<RunningDatasource>
export async function startPlugin(
  _options: StartOptions & { readonly kind: 'builder' | 'datasource' },
): Promise<RunningBuilder | RunningDatasource> {
  throw new Error('Starting a plugin is not there yet.')
}
