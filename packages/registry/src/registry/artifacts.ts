import type { BucketAddress } from '../domain/address.ts'
import type { Caller } from '../domain/caller.ts'
import type { ArtifactQuery } from '../inputs.ts'
import type { Desk } from '../operations/desk.ts'
import { resolveArtifact } from '../operations/resolve.ts'
import type { ResolvedView } from '../views.ts'

/** Images, whatever build made them. */
export class Artifacts {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** The one that fits; refused with the candidates when none or several do. */
  resolve(caller: Caller, at: BucketAddress, query: ArtifactQuery): Promise<ResolvedView> {
    return this.#desk.look({ caller, action: 'artifact.resolve', at }, (scene) =>
      resolveArtifact(scene, at, query),
    )
  }
}
