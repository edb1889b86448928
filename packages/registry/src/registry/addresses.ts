import type {
  BucketAddress,
  BuildAddress,
  ChannelAddress,
  ProjectAddress,
  VersionAddress,
} from '../domain/address.ts'
import type { Caller } from '../domain/caller.ts'
import * as addresses from '../operations/addresses.ts'
import type { Desk } from '../operations/desk.ts'

/** Where things are, for clients that know their identifiers. Neither names nor fingerprints ever change. */
export class Addresses {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** `bucket` is a name; when no bucket has it, the identifier counts. */
  bucket(caller: Caller, at: BucketAddress, id = at.bucket): Promise<BucketAddress> {
    return this.#desk.look({ caller, action: 'bucket.find', at, reach: 'any' }, (scene) =>
      addresses.locateBucket(scene, at, id),
    )
  }
  /** `channel` is a name, or an identifier when no channel has it as its name. */
  channel(caller: Caller, at: ChannelAddress): Promise<ChannelAddress> {
    return this.#desk.look({ caller, action: 'channel.find', at }, (scene) =>
      addresses.locateChannel(scene, at),
    )
  }
  /** Of a bucket, when one is named; of the project otherwise. */
  version(
    caller: Caller,
    at: ProjectAddress & { readonly bucket?: string },
    id: string,
  ): Promise<VersionAddress> {
    return this.#desk.look({ caller, action: 'version.find', at, reach: 'any' }, (scene) =>
      addresses.locateVersion(scene, at, id),
    )
  }
  build(caller: Caller, at: ProjectAddress, id: string): Promise<BuildAddress> {
    const request = { caller, action: 'build.find', at: { ...at, buildId: id }, reach: 'any' } as const
    return this.#desk.look(request, (scene) => addresses.locateBuild(scene, at, id))
  }
}
