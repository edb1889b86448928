import type { Caller } from '../domain/caller.ts'
import type { Credential, SigningKey } from '../domain/principal.ts'
import type { Desk } from '../operations/desk.ts'
import type { Founded, Founding, SecretPair } from '../operations/founding.ts'
import { addCredential, addSigningKey, found } from '../operations/founding.ts'
import * as principals from '../operations/principals.ts'
import type { KeyView, PrincipalView } from '../views.ts'

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
  /** Counts the changes of rights and keys in this process: what is known of a caller holds while it does not change. */
  get revision(): number {
    return this.#desk.rightsRevision
  }
  /** Makes a service principal without any role. */
  create(caller: Caller, at: principals.PrincipalAddress): Promise<PrincipalView> {
    const request = { caller, action: 'principal.create', at, needs: 'admin' } as const
    return this.#desk.change(request, (stage) => principals.createPrincipal(stage, at))
  }
  /** Those that were made in an organization, or in a project; by name. */
  list(caller: Caller, at: principals.Home): Promise<readonly PrincipalView[]> {
    return this.#desk.look({ caller, action: 'principal.list', at }, (scene) =>
      principals.listPrincipals(scene, at),
    )
  }
  get(
    caller: Caller,
    at: principals.PrincipalAddress,
  ): Promise<{ readonly principal: PrincipalView; readonly keys: readonly KeyView[] }> {
    return this.#desk.look({ caller, action: 'principal.read', at }, (scene) =>
      principals.getPrincipal(scene, at),
    )
  }
  /** Deletes it with its keys and roles. */
  delete(caller: Caller, at: principals.PrincipalAddress): Promise<void> {
    const request = { caller, action: 'principal.delete', at, needs: 'admin' } as const
    return this.#desk.change(request, (stage) => principals.deletePrincipal(stage, at))
  }
  /** Gives it one more key, of which it may have two. */
  createKey(
    caller: Caller,
    at: principals.PrincipalAddress,
    pair: SecretPair,
  ): Promise<KeyView & { readonly of: PrincipalView }> {
    const place = { ...at, key: pair.clientId }
    const request = { caller, action: 'key.create', at: place, needs: 'admin' } as const
    return this.#desk.change(request, (stage) => principals.createKey(stage, at, pair))
  }
  deleteKey(caller: Caller, at: principals.PrincipalAddress, clientId: string): Promise<void> {
    const place = { ...at, key: clientId }
    const request = { caller, action: 'key.delete', at: place, needs: 'admin' } as const
    return this.#desk.change(request, (stage) => principals.deleteKey(stage, at, clientId))
  }
  /** Those of the caller's organization that have one of the ids; open to everybody in it. */
  byIds(caller: Caller, organizationId: string, ids: readonly string[]): Promise<readonly PrincipalView[]> {
    const at = { organizationId }
    return this.#desk.look({ caller, action: 'principal.find', at, reach: 'any' }, (scene) =>
      principals.findPrincipals(scene, ids),
    )
  }
  /** Newest first. */
  signingKeys(): Promise<readonly SigningKey[]> {
    return this.#desk.store.read((rows) => rows.principals.signingKeys())
  }
  addSigningKey(key: { readonly id: string; readonly jwk: string }): Promise<SigningKey> {
    return addSigningKey(this.#desk, key)
  }
}
