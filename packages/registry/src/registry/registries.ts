import type { ProjectAddress } from '../domain/address.ts'
import type { Caller } from '../domain/caller.ts'
import type { OnUntracked, Tier } from '../domain/tenant.ts'
import type { RegistryChange } from '../inputs.ts'
import type { Desk } from '../operations/desk.ts'
import * as registries from '../operations/registries.ts'
import type { OperationView, RegistryView, RunTaskView } from '../views.ts'

interface Changed {
  readonly registry: RegistryView
  readonly operation: OperationView
}

/** Registries of projects, one each, and their run tasks. */
export class Registries {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  get(caller: Caller, at: ProjectAddress): Promise<RegistryView> {
    return this.#desk.look({ caller, action: 'registry.read', at, reach: 'any' }, (scene) =>
      registries.getRegistry(scene, at),
    )
  }
  create(caller: Caller, at: ProjectAddress, tier: Tier): Promise<Changed> {
    return this.#desk.change({ caller, action: 'registry.create', at }, (stage) =>
      registries.createRegistry(stage, at, tier),
    )
  }
  update(caller: Caller, at: ProjectAddress, change: RegistryChange): Promise<Changed> {
    return this.#desk.change({ caller, action: 'registry.update', at }, (stage) =>
      registries.updateRegistry(stage, at, change),
    )
  }
  /** With everything in it. */
  delete(caller: Caller, at: ProjectAddress): Promise<Changed> {
    return this.#desk.change({ caller, action: 'registry.delete', at }, (stage) =>
      registries.deleteRegistry(stage, at),
    )
  }

  /** Its key is a secret: asking for it is a change, so that it is audited and no viewer may. */
  runTask(caller: Caller, at: ProjectAddress, type: string): Promise<RunTaskView> {
    return this.#desk.change({ caller, action: 'run-task.read', at }, (stage) =>
      registries.getRunTask(stage, at, type),
    )
  }
  renewRunTaskKey(caller: Caller, at: ProjectAddress): Promise<RunTaskView> {
    return this.#desk.change({ caller, action: 'run-task.renew-key', at }, (stage) =>
      registries.renewRunTaskKey(stage, at),
    )
  }
  untracked(caller: Caller, at: ProjectAddress): Promise<OnUntracked> {
    return this.#desk.look({ caller, action: 'run-task.config', at }, (scene) =>
      registries.getUntracked(scene, at),
    )
  }
  setUntracked(caller: Caller, at: ProjectAddress, onUntracked: OnUntracked): Promise<OnUntracked> {
    return this.#desk.change({ caller, action: 'run-task.configure', at }, (stage) =>
      registries.setUntracked(stage, at, onUntracked),
    )
  }
}
