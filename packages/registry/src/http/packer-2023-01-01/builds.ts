import { packer } from '@ingot/registry-api'
import { render } from '../answer.ts'
import { type Route, serve } from '../route.ts'
import { buildAt, projectAt, versionAt } from './addresses.ts'
import { buildChange, sortedPaging } from './decode.ts'
import { build, location, pagination } from './encode.ts'

/** Builds as this plane knows them. */
export const buildRoutes: readonly Route[] = [
  serve(packer.createBuild, async ({ registry, caller, at, body }) => {
    const fresh = { ...buildChange(body), componentType: body.component_type ?? '' }
    return render({ build: build(await registry.builds.create(caller, versionAt(at), fresh)) })
  }),

  serve(packer.listBuilds, async ({ registry, caller, at, query }) => {
    const page = await registry.builds.list(caller, versionAt(at), sortedPaging(query))
    return render({
      builds: page.items.map(build),
      location: location(projectAt(at)),
      pagination: pagination(page),
    })
  }),

  serve(packer.getBuild, async ({ registry, caller, at }) =>
    render({ build: build(await registry.builds.get(caller, buildAt(at))) }),
  ),

  serve(packer.updateBuild, async ({ registry, starts, caller, at, body }) => {
    const change = { ...buildChange(body), ...(body.metadata && { metadata: body.metadata }) }
    const update = () => registry.builds.update(caller, buildAt(at), change)
    const updated = body.status === 'BUILD_RUNNING' ? starts.answer(versionAt(at), update) : update()
    return render({ build: build(await updated) })
  }),

  serve(packer.deleteBuild, async ({ registry, caller, at }) => {
    await registry.builds.delete(caller, buildAt(at))
    return '{}'
  }),
]
