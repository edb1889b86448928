import type { RunningPlugin } from '@ingot/plugin-rpc'
import { descendantsOf } from './process-tree.ts'

/** The plugin processes of a run, so that none outlives it. */
export class PluginProcesses {
  readonly #running = new Set<RunningPlugin>()

  add(plugin: RunningPlugin): void {
    this.#running.add(plugin)
  }

  /** Ends one that has done its work; what it leaves running on purpose, such as a machine, is left. */
  async end(plugin: RunningPlugin): Promise<void> {
    await plugin.kill()
    this.#running.delete(plugin)
  }

  /** Resolves when all are gone. */
  async endAll(): Promise<void> {
    await Promise.all([...this.#running].map((plugin) => this.end(plugin)))
  }

  /** Ends all in the middle of their work, with the processes that they have started. */
  async killAll(): Promise<void> {
    const children = await Promise.all([...this.#running].map((plugin) => descendantsOf(plugin.pid)))
    await this.endAll()
    for (const pid of children.flat()) killQuietly(pid)
  }
}

/** Many end by themselves when their parent does. */
function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
