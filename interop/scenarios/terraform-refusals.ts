import { beforeAll, describe, expect, test } from 'vitest'
import { startRecorder } from '../harness/recorder.ts'
import {
  openTerraform,
  type TerraformUser,
  terraformProvider,
  withoutTerraform,
} from '../harness/terraform.ts'
import { oneBuild, terraformWorld } from '../harness/terraform-registry.ts'

const version = (bucket: string, channel: string) => `data "hcp_packer_version" "x" {
  bucket_name  = "${bucket}"
  channel_name = "${channel}"
}
`
const artifact = (bucket: string, more: string) => `data "hcp_packer_artifact" "x" {
  bucket_name = "${bucket}"
  ${more.split(', ').join('\n  ')}
}
`
const here = 'platform = "aws", region = "us-east-1"'
const stranger = '7d3c1a52-0f7b-4a55-9f0e-6f0b1f3d2c11'

/** What a plan is refused with: the registry's words where it was asked, the provider's own where it was not. */
const refusals: readonly (readonly [what: string, configuration: string, words: string])[] = [
  ['a missing bucket', version('absent', 'prod'), 'Error: The bucket with identifier absent does not exist.'],
  [
    'a missing channel',
    version('img', 'absent'),
    'Error: The channel with identifier absent does not exist.',
  ],
  [
    'a missing fingerprint',
    artifact('img', `version_fingerprint = "fp-x", ${here}`),
    'Version with fingerprint fp-x not found',
  ],
  ['a channel without a version', version('empty', 'latest'), 'Channel does not have an assigned Version'],
  [
    'a missing region',
    artifact('img', 'channel_name = "prod", platform = "aws", region = "eu-west-9"'),
    'Could not find an Artifact with attributes',
  ],
  [
    'a missing platform',
    artifact('img', 'channel_name = "prod", platform = "gce", region = "us-east-1"'),
    'Could not find an Artifact with attributes',
  ],
  [
    'a missing component',
    artifact('img', `channel_name = "prod", component_type = "x", ${here}`),
    'Could not find an Artifact with attributes',
  ],
  [
    'labels that no build has',
    artifact('img', `channel_name = "prod", labels = { os = "plan9" }, ${here}`),
    'no artifact found matching labels',
  ],
  [
    'labels of a fingerprint',
    artifact('img', `version_fingerprint = "fp-one", labels = { a = "b" }, ${here}`),
    'channel_name',
  ],
  ['a name that is none', version('a_b', 'prod'), 'expected a valid Slug'],
  ['neither channel nor fingerprint', artifact('img', here), 'channel_name'],
  [
    'channel and fingerprint',
    artifact('img', `channel_name = "prod", version_fingerprint = "fp-one", ${here}`),
    'channel_name',
  ],
]

describe.skipIf(withoutTerraform)(`${terraformProvider} is refused`, () => {
  const world = terraformWorld()
  let user: TerraformUser
  beforeAll(async () => {
    await world.bucket('img', { 'fp-one': oneBuild })
    await world.channel('img', 'prod', 'fp-one')
    await world.bucket('empty')
    user = world.user()
    return () => user[Symbol.dispose]()
  })

  test.each(refusals)('%s', async (_, configuration, words) => {
    user.write(configuration)
    expect(await user.refusal(['plan'])).toContain(words)
  })

  test('a wrong secret, after it was sent in both ways that there are', async () => {
    await using recorder = await startRecorder(world.registry)
    using stranger = openTerraform(recorder.access)
    stranger.write(version('img', 'prod'))
    const said = await stranger.refusal(['plan'], { HCP_CLIENT_SECRET: 'wrong' })
    expect(said).toContain('no valid credentials available')
    expect(said).toContain('"The client id or the secret is wrong.')
    const refused = { method: 'POST', path: '/oauth2/token', status: 401 }
    expect(recorder.requests).toMatchObject([refused, refused])
  })

  test('a registry that is not there', async () => {
    user.write(version('img', 'prod'))
    expect(await user.refusal(['plan'], { HCP_API_ADDRESS: '127.0.0.1:9' })).toContain('connection refused')
  })

  test('a project that is not there', async () => {
    user.write(version('img', 'prod'))
    const said = await user.refusal(['plan'], { HCP_PROJECT_ID: stranger })
    expect(said).toContain('unable to fetch project')
    expect(said).toContain(`The project with identifier ${stranger} does not exist`)
  })
})
