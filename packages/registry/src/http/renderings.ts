import type { Version } from '@ingot/registry-api'
import type { VersionHead } from '../views.ts'
import type { Rendered } from './answer.ts'

/** Characters of rendered versions that are kept. */
export const MAX_RENDERED = 32 * 1024 * 1024

/**
 * Rendered JSON of versions by id and revision: two equal revisions look the same to every reader, so nothing here is ever
 * wrong, only unused. The longest unused goes first.
 */
export class Renderings {
  readonly #texts = new Map<string, Rendered<Version>>()
  readonly #limit: number
  #size = 0

  constructor(limit = MAX_RENDERED) {
    this.#limit = limit
  }

  get({ id, revision }: VersionHead): Rendered<Version> | undefined {
    const key = `${id} ${revision}`
    const text = this.#texts.get(key)
    if (text === undefined) return
    this.#texts.delete(key)
    this.#texts.set(key, text)
    return text
  }

  keep({ id, revision }: VersionHead, text: Rendered<Version>): Rendered<Version> {
    const key = `${id} ${revision}`
    if (this.#texts.has(key) || text.length > this.#limit) return text
    this.#texts.set(key, text)
    this.#size += text.length
    for (const [oldest, old] of this.#texts) {
      if (this.#size <= this.#limit) break
      this.#texts.delete(oldest)
      this.#size -= old.length
    }
    return text
  }
}
