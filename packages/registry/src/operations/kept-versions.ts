import type { VersionHead, VersionView } from '../views.ts'

/** Bytes of the versions that are kept, roughly. */
export const MAX_KEPT_BYTES = 16 * 1024 * 1024

/** What versions looked like when they were read last. */
export interface VersionAlbum {
  get(head: VersionHead): VersionView | undefined
  keep(view: VersionView): void
}

/**
 * Versions without metadata by id and revision: two equal revisions look the same to every reader, so nothing here is ever wrong, only unused.
 * The longest unused goes first.
 */
export class KeptVersions implements VersionAlbum {
  readonly #views = new Map<string, VersionView>()
  readonly #limit: number
  #bytes = 0

  constructor(limit = MAX_KEPT_BYTES) {
    this.#limit = limit
  }

  get(head: VersionHead): VersionView | undefined {
    const key = keyOf(head)
    const view = this.#views.get(key)
    if (view === undefined) return undefined
    this.#views.delete(key)
    this.#views.set(key, view)
    return view
  }

  keep(view: VersionView): void {
    const key = keyOf(view)
    if (this.#views.has(key) || bytesOf(view) > this.#limit) return
    this.#views.set(key, view)
    this.#bytes += bytesOf(view)
    for (const [oldest, old] of this.#views) {
      if (this.#bytes <= this.#limit) break
      this.#views.delete(oldest)
      this.#bytes -= bytesOf(old)
    }
  }

  /** The same album for those whose changes are not committed yet: they look and add nothing. */
  get closed(): VersionAlbum {
    return { get: (head) => this.get(head), keep: () => undefined }
  }
}

function keyOf({ id, revision }: VersionHead): string {
  return `${id} ${revision}`
}

/** What objects take beside their texts. */
const bytesOfObject = 200

function bytesOf({ builds }: VersionView): number {
  const texts = (labels: object) =>
    Object.entries(labels).reduce((sum, pair) => sum + pair.join('').length, 0)
  return builds.reduce((sum, { labels, artifacts }) => {
    const made = artifacts.reduce((all, one) => all + bytesOfObject + one.externalIdentifier.length, 0)
    return sum + 2 * bytesOfObject + texts(labels) + made
  }, 3 * bytesOfObject)
}
