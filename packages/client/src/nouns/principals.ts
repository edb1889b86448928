import { iam, type Principal, type Reply, type ServicePrincipal } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'

/** Where service principals are made: in an organization or a project, by its id. */
export interface PrincipalHome {
  readonly type: 'organization' | 'project'
  readonly id: string
}

/** Where a service principal is, by its name. */
export interface PrincipalPlace {
  readonly home: PrincipalHome
  readonly name: string
}

/** A new key with its secret, which is told once. */
export type NewKey = Reply<typeof iam.createServicePrincipalKey>

/** A service principal and its keys, without their secrets. */
export type PrincipalWithKeys = Reply<typeof iam.getServicePrincipal>

/** Calls about service principals and their keys; each throws a `ClientError`. */
export interface PrincipalCalls {
  /** By name. */
  list(home: PrincipalHome, options?: CallOptions): Promise<readonly ServicePrincipal[]>
  get(place: PrincipalPlace, options?: CallOptions): Promise<PrincipalWithKeys>
  /** It may do nothing until a policy names it. */
  create(place: PrincipalPlace, options?: CallOptions): Promise<ServicePrincipal>
  /** With its keys and its roles. */
  delete(place: PrincipalPlace, options?: CallOptions): Promise<void>
  /** Those of the client's organization that have one of the ids. */
  byIds(ids: readonly string[], options?: CallOptions): Promise<readonly Principal[]>
  createKey(place: PrincipalPlace, options?: CallOptions): Promise<NewKey>
  deleteKey(place: PrincipalPlace, clientId: string, options?: CallOptions): Promise<void>
}

export function principals(call: Call): PrincipalCalls {
  return {
    async list(home, options) {
      return (await call(iam.listServicePrincipals, { ...options, params: homeOf(home) })).service_principals
    },
    get(place, options) {
      return call(iam.getServicePrincipal, { ...options, params: placeOf(place) })
    },
    async create({ home, name }, options) {
      const made = await call(iam.createServicePrincipal, {
        ...{ ...options, params: homeOf(home), body: { name } },
      })
      return made.service_principal
    },
    async delete(place, options) {
      await call(iam.deleteServicePrincipal, { ...options, params: placeOf(place) })
    },
    async byIds(ids, options) {
      if (ids.length === 0) return []
      return (await call(iam.batchGetPrincipals, { ...options, query: { principal_ids: ids } })).principals
    },
    createKey(place, options) {
      return call(iam.createServicePrincipalKey, { ...options, params: placeOf(place) })
    },
    async deleteKey(place, clientId, options) {
      const params = { ...placeOf(place), client_id: clientId }
      await call(iam.deleteServicePrincipalKey, { ...options, params })
    },
  }
}

function homeOf({ type, id }: PrincipalHome) {
  return { parent_type: type, parent_id: id }
}

function placeOf({ home, name }: PrincipalPlace) {
  return { ...homeOf(home), name }
}
