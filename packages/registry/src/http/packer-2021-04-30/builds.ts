import { packer2021 } from '@ingot/registry-api'
import { render } from '../answer.ts'
import { projectAt } from '../packer-2023-01-01/addresses.ts'
import { location, pagination } from '../packer-2023-01-01/encode.ts'
import { type Route, serve } from '../route.ts'
import { buildAt, iterationInBucket } from './addresses.ts'
import { buildChange, sortedPaging } from './decode.ts'
import { build } from './encode.ts'

/** Builds as this plane knows them: what is already there is found by its identifier alone. */
export const buildRoutes: readonly Route[] = [
  serve(packer2021.createBuild, async (call) => {
    const { registry, caller, body } = call
    const words = body.build ?? {}
    const fresh = { ...buildChange(words), componentType: words.component_type ?? '' }
    const at = await iterationInBucket(call)
    return render({ build: build(await registry.builds.create(caller, at, fresh)) })
  }),

  serve(packer2021.listBuilds, async (call) => {
    const { registry, caller, at, query } = call
    const page = await registry.builds.list(caller, await iterationInBucket(call), sortedPaging(query))
    return render({
      builds: page.items.map(build),
      location: location(projectAt(at)),
      pagination: pagination(page),
    })
  }),

  serve(packer2021.getBuild, async (call) =>
    render({ build: build(await call.registry.builds.get(call.caller, await buildAt(call))) }),
  ),

  serve(packer2021.updateBuild, async (call) => {
    const { registry, starts, caller, body } = call
    const words = body.updates ?? {}
    const at = await buildAt(call)
    const update = () => registry.builds.update(caller, at, buildChange(words))
    const updated = words.status === 'RUNNING' ? starts.answer(at, update) : update()
    return render({ build: build(await updated) })
  }),

  serve(packer2021.deleteBuild, async (call) => {
    await call.registry.builds.delete(call.caller, await buildAt(call))
    return '{}'
  }),
]
