import type { Credential, Principal, SigningKey } from '../domain/principal.ts'
import type { Desk } from '../operations/desk.ts'
import type { Founded, Founding, SecretPair } from '../operations/founding.ts'
import { addCredential, addSigningKey, found } from '../operations/founding.ts'

/** Principals, their credentials, and the keys that sign their tokens. */
export class Principals {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Makes organization, project, registry and principal on the first start. */
  found(founding: Founding): Promise<Founded> {
    return found(this.#desk, founding)
  }
  /** The credential of a client id; undefined when there is none. */
  credential(clientId: string): Promise<Credential | undefined> {
    return this.#desk.store.read((rows) => rows.principals.credential(clientId))
  }
  /** Gives a principal one more pair of client id and secret. */
  addCredential(principalId: string, pair: SecretPair): Promise<void> {
    return addCredential(this.#desk, principalId, pair)
  }
  /** A principal as it is now; undefined when it is gone. */
  find(principalId: string): Promise<Principal | undefined> {
    return this.#desk.store.read((rows) => rows.principals.find(principalId))
  }
  /** Newest first. */
  signingKeys(): Promise<readonly SigningKey[]> {
    return this.#desk.store.read((rows) => rows.principals.signingKeys())
  }
  addSigningKey(key: { readonly id: string; readonly jwk: string }): Promise<SigningKey> {
    return addSigningKey(this.#desk, key)
  }
}
