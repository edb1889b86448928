import type { RunningPlugin } from '@ingot/plugin-rpc'

/** The plugin processes of a run, so that none outlives it. */
export class PluginProcesses {
  readonly #running = new Set<RunningPlugin>()

  add(plugin: RunningPlugin): void {
    this.#running.add(plugin)
  }

  /** Ends one and forgets it. */
  async end(plugin: RunningPlugin): Promise<void> {
    await plugin.kill()
    this.#running.delete(plugin)
  }

  /** Resolves when all are gone. */
  async endAll(): Promise<void> {
    await Promise.all([...this.#running].map((plugin) => this.end(plugin)))
  }
}
