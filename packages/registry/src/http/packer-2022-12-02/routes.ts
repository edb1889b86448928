import { packer2022 } from '@ingot/registry-api'
import { render } from '../answer.ts'
import { channelAt } from '../packer-2023-01-01/addresses.ts'
import { given } from '../packer-2023-01-01/decode.ts'
import { type Route, serve, wholePlane } from '../route.ts'
import { found } from './encode.ts'

/** Every operation of the plane: there is one. */
export const packer2022Routes: readonly Route[] = wholePlane(packer2022, [
  serve(packer2022.getImageByBuildLabels, async ({ registry, caller, at, body }) => {
    const where = given({ platform: body.cloud_provider, region: body.region })
    const wish = { ...where, labels: body.labels ?? {} }
    const view = await registry.channels.findLabelled(caller, channelAt(at), wish)
    registry.consumers.count(caller, view.version.id, view.channelId)
    return render({ artifact: found(view) })
  }),
])
