import { type Project, resourceManager } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'

/** Calls about the projects of the client's organization; each throws a `ClientError`. */
export interface ProjectCalls {
  /** Those in which the client has any right, oldest first. */
  list(options?: CallOptions): Promise<readonly Project[]>
  /** With its registry; the client becomes its administrator. */
  create(
    project: { readonly name: string; readonly description?: string },
    options?: CallOptions,
  ): Promise<Project>
  rename(id: string, name: string, options?: CallOptions): Promise<void>
  /** With everything in it. */
  delete(id: string, options?: CallOptions): Promise<void>
}

export function projects(call: Call): ProjectCalls {
  return {
    async list(options) {
      return (await call(resourceManager.listProjects, { ...options })).projects
    },
    async create(body, options) {
      return (await call(resourceManager.createProject, { ...options, body })).project
    },
    async rename(id, name, options) {
      await call(resourceManager.setProjectName, { ...options, params: { id }, body: { name } })
    },
    async delete(id, options) {
      await call(resourceManager.deleteProject, { ...options, params: { id } })
    },
  }
}
