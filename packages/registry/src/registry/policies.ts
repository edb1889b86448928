import type { Caller } from '../domain/caller.ts'
import type { PolicyWish } from '../inputs.ts'
import type { Desk } from '../operations/desk.ts'
import * as policies from '../operations/policies.ts'
import type { PolicyView } from '../views.ts'

/** Who was given which role on an organization, a project or a bucket. */
export class Policies {
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  get(caller: Caller, at: policies.PolicyAddress): Promise<PolicyView> {
    return this.#desk.look(asked(caller, 'policy.read', at), (scene) => policies.getPolicy(scene, at))
  }
  /** Needs the admin role. Refused with `policy.stale` when the etag is not that of the present roles. */
  set(caller: Caller, at: policies.PolicyAddress, wish: PolicyWish): Promise<PolicyView> {
    const request = { ...asked(caller, 'policy.set', at), needs: 'admin' } as const
    return this.#desk.change(request, (stage) => policies.setPolicy(stage, at, wish))
  }
}

function asked(caller: Caller, action: string, at: policies.PolicyAddress) {
  const { projectId, bucket } = at
  const policy = bucket !== undefined ? 'bucket' : projectId !== undefined ? 'project' : 'organization'
  return { caller, action, at: { ...at, policy } }
}
