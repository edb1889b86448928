import type { Plugin } from './define-plugin.ts'

/**
 * Does what a host asks of this process: `describe`, or one component of the plugin until the host leaves.
 * A bundle calls it; call it yourself only in a main file of your own.
 */
export async function serve(_plugin: Plugin): Promise<void> {
  throw new Error('Serving a plugin is not there yet.')
}
