import type { PluginSet } from './plugin-set.ts'

/** What {@link servePlugin} takes from the process it runs in; every part defaults to that of `process`. */
export interface ServeOptions {
  /** The words after the executable and script: `['start', 'builder', '--protobuf', 'image']`. */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
}

/**
 * Does what a host asks of a plugin's executable: `describe`, or `start KIND NAME` with `--protobuf` anywhere.
 * Resolves with the exit code when the host has left, at most a second after it; author code may still hold
 * timers then, so end the process with it: `process.exit(await servePlugin(plugin))`.
 */
export async function servePlugin(_set: PluginSet, _options: ServeOptions = {}): Promise<number> {
  throw new Error('Serving a plugin is not there yet.')
}
