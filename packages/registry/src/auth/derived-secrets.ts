import { createHmac } from 'node:crypto'
import type { Secrets } from '../domain/secrets.ts'

/** Secrets derived from one key, which lies outside of the database. */
export class DerivedSecrets implements Secrets {
  readonly #key: Buffer

  /** The key has 32 bytes. */
  constructor(key: Buffer) {
    this.#key = key
  }

  derive(...words: readonly string[]): string {
    return createHmac('sha256', this.#key).update(JSON.stringify(words)).digest('hex')
  }
}
