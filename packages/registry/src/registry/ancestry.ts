import type { BucketAddress } from '../domain/address.ts'
import type { Caller } from '../domain/caller.ts'
import type { Page } from '../domain/page.ts'
import type { AncestryQuery, GraphQuery } from '../inputs.ts'
import * as ancestry from '../operations/ancestry.ts'
import type { Desk } from '../operations/desk.ts'
import { getGraph } from '../operations/graph.ts'
import type { GraphView, RelationView } from '../views.ts'

/** Who was built from whom. */
export class Ancestry {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  list(
    caller: Caller,
    at: BucketAddress,
    query: AncestryQuery,
  ): Promise<Page<RelationView> & { readonly count: number }> {
    return this.#desk.look({ caller, action: 'ancestry.list', at }, (scene) =>
      ancestry.listAncestry(scene, at, query),
    )
  }

  /** Everything that a version, or a bucket, was built from and that was built from it. */
  graph(caller: Caller, at: BucketAddress, query: GraphQuery): Promise<GraphView> {
    return this.#desk.look({ caller, action: 'ancestry.graph', at }, (scene) => getGraph(scene, at, query))
  }
}
