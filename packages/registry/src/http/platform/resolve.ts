import { platform } from '@ingot/registry-api'
import { Refusal } from '../../domain/refusal.ts'
import { render } from '../answer.ts'
import { bucketAt } from '../packer-2023-01-01/addresses.ts'
import { given } from '../packer-2023-01-01/decode.ts'
import { dateTime } from '../packer-2023-01-01/encode.ts'
import { versionStatusWord } from '../packer-2023-01-01/words.ts'
import { type Route, serve } from '../route.ts'

/** Which image to use. */
export const resolveRoutes: readonly Route[] = [
  serve(platform.resolveArtifact, async ({ registry, caller, at, query }) => {
    const { channel: channelName, version: versionWord, platform: place, region, component } = query
    if (channelName && versionWord)
      throw new Refusal('request.malformed', { problem: 'channel and version exclude each other' })
    const words = { channel: channelName, version: versionWord, platform: place, region, component }
    const said = Object.fromEntries(Object.entries(words).filter(([, word]) => word))
    const wish = { ...given(said), labels: labelsOf(query.label) }
    const { artifact, version, channel } = await registry.artifacts.resolve(caller, bucketAt(at), wish)
    registry.consumers.count(caller, version.id, channel.id)
    return render({
      artifact: {
        external_identifier: artifact.externalIdentifier,
        component_type: artifact.componentType,
        ...{ platform: artifact.platform, region: artifact.region, labels: artifact.labels },
        build_id: artifact.buildId,
      },
      version: {
        ...{ id: version.id, name: version.name, fingerprint: version.fingerprint },
        status: versionStatusWord[version.status],
        revoke_at: version.revocation ? dateTime(version.revocation.at) : null,
      },
      channel_name: channel.name,
    })
  }),
]

function labelsOf(sent: string | readonly string[] | undefined): Readonly<Record<string, string>> {
  const pairs = sent === undefined ? [] : typeof sent === 'string' ? [sent] : sent
  return Object.fromEntries(pairs.map(pairOf))
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new Refusal('name.malformed', { field: 'label', value: text, rule: 'NAME=VALUE' })
  return [text.slice(0, at), text.slice(at + 1)]
}
