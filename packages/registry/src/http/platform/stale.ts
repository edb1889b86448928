import { platform } from '@ingot/registry-api'
import { render } from '../answer.ts'
import { projectAt } from '../packer-2023-01-01/addresses.ts'
import { dateTime } from '../packer-2023-01-01/encode.ts'
import { type Route, serve } from '../route.ts'

/** Days without a new version, and versions behind, that count where nothing else is said. */
const usual = { days: 30, behind: 3 }

/** What has been left behind. */
export const staleRoutes: readonly Route[] = [
  serve(platform.listStale, async ({ registry, caller, at, query }) => {
    const days = query.days ? Number(query.days) : usual.days
    const far = query.behind ? Number(query.behind) : usual.behind
    const stale = await registry.buckets.stale(caller, projectAt(at), { days, behind: far })
    return render({
      outdated: stale.outdated.map(({ version, now, ...each }) => ({
        ...{ bucket_name: each.bucketName, version, now, built_from: each.builtFrom },
        ...{ parent_bucket_name: each.parentBucketName, parent_channel_name: each.parentChannelName },
      })),
      behind: stale.behind.map(({ bucketName, channelName, version, newest, behind }) => ({
        ...{ bucket_name: bucketName, channel_name: channelName, version, newest, behind },
      })),
      revoked: stale.revoked.map(({ bucketName, channelName, version, revokeAt, revoked }) => ({
        ...{ bucket_name: bucketName, channel_name: channelName, version, revoke_at: dateTime(revokeAt) },
        state: revoked ? 'REVOKED' : 'SCHEDULED',
      })),
      quiet: stale.quiet.map(({ bucketName, newest, since }) => ({
        ...{ bucket_name: bucketName, newest, since: dateTime(since) },
      })),
      whole: stale.whole,
    })
  }),
]
