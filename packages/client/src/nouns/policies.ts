import { type Policy, resourceManager } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'

/** What a policy is that of: an organization or a project by its id, a bucket by its resource name. */
export type PolicyPlace =
  | { readonly organization: string }
  | { readonly project: string }
  | { readonly resource: string }

/** Calls about who has which role; each throws a `ClientError`. */
export interface PolicyCalls {
  get(place: PolicyPlace, options?: CallOptions): Promise<Policy>
  /** Replaces all roles; refused when they are not those of the policy's etag. */
  set(place: PolicyPlace, policy: Policy, options?: CallOptions): Promise<Policy>
}

export function policies(call: Call): PolicyCalls {
  return {
    async get(place, options) {
      return (await read(call, place, options)).policy
    },
    async set(place, policy, options) {
      return (await write(call, place, { ...options, policy })).policy
    },
  }
}

function read(call: Call, place: PolicyPlace, options?: CallOptions) {
  if ('resource' in place) {
    const query = { resource_name: place.resource }
    return call(resourceManager.getResourceIamPolicy, { ...options, query })
  }
  if ('project' in place)
    return call(resourceManager.getProjectIamPolicy, { ...options, params: { id: place.project } })
  return call(resourceManager.getOrganizationIamPolicy, { ...options, params: { id: place.organization } })
}

function write(call: Call, place: PolicyPlace, { policy, ...options }: CallOptions & { policy: Policy }) {
  if ('resource' in place) {
    const body = { resource_name: place.resource, policy }
    return call(resourceManager.setResourceIamPolicy, { ...options, body })
  }
  const body = { policy }
  if ('project' in place)
    return call(resourceManager.setProjectIamPolicy, { ...options, params: { id: place.project }, body })
  const params = { id: place.organization }
  return call(resourceManager.setOrganizationIamPolicy, { ...options, params, body })
}
