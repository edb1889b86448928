import type { BucketAddress, VersionAddress } from '../domain/address.ts'
import type { Caller } from '../domain/caller.ts'
import type { Page, SortedPaging } from '../domain/page.ts'
import type { NewVersion, VersionChange } from '../inputs.ts'
import type { Desk } from '../operations/desk.ts'
import * as versions from '../operations/versions.ts'
import type { OperationView, VersionHead, VersionView } from '../views.ts'

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
  /** What identifies the version's rendering, in one short read. */
  head(caller: Caller, at: VersionAddress): Promise<VersionHead> {
    return this.#desk.look({ caller, action: 'version.read', at }, (scene) => versions.headVersion(scene, at))
  }
  list(caller: Caller, at: BucketAddress, paging: SortedPaging): Promise<Page<VersionView>> {
    return this.#desk.look({ caller, action: 'version.list', at }, (scene) =>
      versions.listVersions(scene, at, paging),
    )
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
}
