import type { BuildAddress, ProjectAddress, VersionAddress } from '../domain/address.ts'
import type { Caller } from '../domain/caller.ts'
import type { Page, SortedPaging } from '../domain/page.ts'
import type { BuildChange, ImageQuery, NewBuild } from '../inputs.ts'
import * as builds from '../operations/builds.ts'
import type { Desk } from '../operations/desk.ts'
import { findImage } from '../operations/image-search.ts'
import { cancelStalled } from '../operations/stalled-builds.ts'
import type { BuildView, FoundImageView } from '../views.ts'

/** Builds of a version, one a source. */
export class Builds {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  create(caller: Caller, at: VersionAddress, build: NewBuild): Promise<BuildView> {
    const request = { caller, action: 'build.create', at: { ...at, component: build.componentType } }
    return this.#desk.change(request, (stage) => builds.createBuild(stage, at, build))
  }
  get(caller: Caller, at: BuildAddress): Promise<BuildView> {
    return this.#desk.look({ caller, action: 'build.read', at }, (scene) => builds.getBuild(scene, at))
  }
  /** All of them unless a page size is given. */
  list(caller: Caller, at: VersionAddress, paging: SortedPaging): Promise<Page<BuildView>> {
    return this.#desk.look({ caller, action: 'build.list', at }, (scene) =>
      builds.listBuilds(scene, at, paging),
    )
  }
  update(caller: Caller, at: BuildAddress, change: BuildChange): Promise<BuildView> {
    return this.#desk.change({ caller, action: 'build.update', at }, (stage) =>
      builds.updateBuild(stage, at, change),
    )
  }
  delete(caller: Caller, at: BuildAddress): Promise<void> {
    return this.#desk.change({ caller, action: 'build.delete', at }, (stage) => builds.deleteBuild(stage, at))
  }
  /** Where an image was made: every build of the project that has it. */
  findImage(caller: Caller, at: ProjectAddress, query: ImageQuery): Promise<Page<FoundImageView>> {
    return this.#desk.look({ caller, action: 'image.find', at }, (scene) => findImage(scene, at, query))
  }
  /** Cancels those that have been silent for too long; answers how many. */
  cancelStalled(): Promise<number> {
    return cancelStalled(this.#desk)
  }
}
