import type { BucketAddress, VersionAddress } from '../domain/address.ts'
import type { Caller } from '../domain/caller.ts'
import type { Page, SortedPaging } from '../domain/page.ts'
import type { VersionWords } from '../domain/version-words.ts'
import type { NewVersion, PlannedRevocation, RevocationWords, VersionChange } from '../inputs.ts'
import type { Desk } from '../operations/desk.ts'
import { explainVersion } from '../operations/explanation.ts'
import { planRevocation, revokeAsPlanned } from '../operations/revocation-plan.ts'
import * as versions from '../operations/versions.ts'
import type {
  ExplanationView,
  OperationView,
  RevocationPlanView,
  VersionHead,
  VersionView,
} from '../views.ts'

/** Versions of a bucket: what one run of packer publishes. */
export class Versions {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  create(caller: Caller, at: BucketAddress, version: NewVersion): Promise<VersionView> {
    const request = { caller, action: 'version.create', at: { ...at, fingerprint: version.fingerprint } }
    return this.#desk.change(request, (stage) => versions.createVersion(stage, at, version))
  }
  /** With the metadata of its builds. */
  get(caller: Caller, at: VersionAddress): Promise<VersionView> {
    return this.#desk.look({ caller, action: 'version.read', at }, (scene) => versions.getVersion(scene, at))
  }
  /** A version by any of its names, without the metadata of its builds. */
  find(caller: Caller, at: BucketAddress, words: VersionWords): Promise<VersionView> {
    return this.#desk.look({ caller, action: 'version.read', at }, (scene) =>
      versions.findNamed(scene, at, words),
    )
  }
  /** What identifies the version's rendering, in one short read. */
  head(caller: Caller, at: VersionAddress): Promise<VersionHead> {
    return this.#desk.look({ caller, action: 'version.read', at }, (scene) => versions.headVersion(scene, at))
  }
  list(caller: Caller, at: BucketAddress, paging: SortedPaging): Promise<Page<VersionView>> {
    return this.#desk.look({ caller, action: 'version.list', at }, (scene) =>
      versions.listVersions(scene, at, paging),
    )
  }
  /** Why it is not complete, and what would complete it. */
  explain(caller: Caller, at: VersionAddress): Promise<ExplanationView> {
    return this.#desk.look({ caller, action: 'version.explain', at }, (scene) => explainVersion(scene, at))
  }
  update(
    caller: Caller,
    at: VersionAddress,
    change: VersionChange,
  ): Promise<{ readonly version: VersionView; readonly operation: OperationView }> {
    return this.#desk.change({ caller, action: 'version.update', at }, (stage) =>
      versions.updateVersion(stage, at, change),
    )
  }
  delete(caller: Caller, at: VersionAddress, how: { readonly rollbackChannels: boolean }): Promise<void> {
    return this.#desk.change({ caller, action: 'version.delete', at }, (stage) =>
      versions.deleteVersion(stage, at, how),
    )
  }
  /** What a revocation would do; nothing is changed. */
  planRevocation(caller: Caller, at: VersionAddress, words: RevocationWords): Promise<RevocationPlanView> {
    return this.#desk.look({ caller, action: 'revocation.plan', at }, (scene) =>
      planRevocation(scene, at, words),
    )
  }
  /** Revokes, in one transaction, if that still comes to the plan; refused with `plan.stale` if not. */
  revoke(
    caller: Caller,
    at: VersionAddress,
    words: PlannedRevocation,
  ): Promise<{ readonly version: VersionView; readonly plan: RevocationPlanView }> {
    return this.#desk.change({ caller, action: 'version.revoke', at }, (stage) =>
      revokeAsPlanned(stage, at, words),
    )
  }
}
