import type { Authenticator } from '../auth/authenticator.ts'
import { iamRoutes } from './iam/routes.ts'
import { longOperationRoutes } from './long-operations/routes.ts'
import { oauth2Routes } from './oauth2/routes.ts'
import { packer2021Routes } from './packer-2021-04-30/routes.ts'
import { packer2022Routes } from './packer-2022-12-02/routes.ts'
import { packerRoutes } from './packer-2023-01-01/routes.ts'
import { platformRoutes } from './platform/routes.ts'
import type { RefusalRecorder } from './refusal-recorder.ts'
import { resourceManagerRoutes } from './resource-manager/routes.ts'
import type { Route } from './route.ts'

/** Everything that the registry answers, plane by plane. */
export function routes(token: {
  readonly authenticator: Authenticator
  readonly recorder: RefusalRecorder
}): readonly Route[] {
  return [
    ...packerRoutes,
    ...packer2022Routes,
    ...packer2021Routes,
    ...resourceManagerRoutes,
    ...iamRoutes,
    ...longOperationRoutes,
    ...oauth2Routes(token),
    ...platformRoutes,
  ]
}
