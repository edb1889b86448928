import { type Body, platform } from '@ingot/registry-api'
import type { PlannedRevocation } from '../../inputs.ts'
import type { PlannedMoveView, PlannedVersionView, RevocationPlanView } from '../../views.ts'
import { render } from '../answer.ts'
import { versionAt } from '../packer-2023-01-01/addresses.ts'
import { given, setTime } from '../packer-2023-01-01/decode.ts'
import { dateTime, version } from '../packer-2023-01-01/encode.ts'
import { type Route, serve } from '../route.ts'

/** Revocations that say beforehand what they will do. */
export const revocationRoutes: readonly Route[] = [
  serve(platform.planRevocation, async ({ registry, caller, at, body }) =>
    render({ plan: plan(await registry.versions.planRevocation(caller, versionAt(at), words(body))) }),
  ),

  serve(platform.revokeVersion, async ({ registry, caller, at, body }) => {
    const more = given({ revocationMessage: body.revocation_message, planId: body.plan_id || undefined })
    const done = await registry.versions.revoke(caller, versionAt(at), { ...words(body), ...more })
    return render({ version: version(done.version), plan: plan(done.plan) })
  }),
]

function words(body: Body<typeof platform.planRevocation>): PlannedRevocation {
  return given({
    revokeAt: setTime(body.revoke_at),
    revokeIn: body.revoke_in,
    skipDescendantsRevocation: body.skip_descendants_revocation,
    disableRollbackChannels: body.disable_rollback_channels,
  })
}

function plan(view: RevocationPlanView) {
  return {
    ...{ id: view.id, version: planned(view.version), revoke_at: dateTime(view.revokeAt) },
    ...{ descendants: view.descendants.map(planned), descendant_count: view.descendantCount },
    ...{ channels: view.channels.map(move), channel_count: view.channelCount },
  }
}

function planned({ versionId, bucketName, ...facts }: PlannedVersionView) {
  return { version_id: versionId, bucket_name: bucketName, ...facts }
}

function move({ bucketName, channel, from, to }: PlannedMoveView) {
  return { bucket_name: bucketName, channel_name: channel, from, to }
}
