import { platform } from '@ingot/registry-api'
import type { ConsumerView } from '../../views.ts'
import { render } from '../answer.ts'
import { bucketAt } from '../packer-2023-01-01/addresses.ts'
import { dateTime } from '../packer-2023-01-01/encode.ts'
import { type Route, serve } from '../route.ts'

/** Who reads what. */
export const consumerRoutes: readonly Route[] = [
  serve(platform.listConsumers, async ({ registry, caller, at, query }) => {
    const version = query.version || undefined
    const { consumers, whole } = await registry.consumers.list(caller, bucketAt(at), version)
    return render({ consumers: consumers.map(consumer), whole })
  }),
]

function consumer(view: ConsumerView) {
  return {
    ...{ version_id: view.versionId, version_name: view.versionName, fingerprint: view.fingerprint },
    ...{ channel_name: view.channelName, client: view.client, reads: String(view.reads) },
    ...{ principal_id: view.principalId, principal_name: view.principalName },
    ...{ first_read_at: dateTime(view.firstReadAt), last_read_at: dateTime(view.lastReadAt) },
  }
}
