import { beforeAll, describe, expect, test } from 'vitest'
import { terraformProvider, withoutTerraform } from '../harness/terraform.ts'
import { oneBuild, terraformWorld } from '../harness/terraform-registry.ts'

const channel = (name: string, more = '', label = 'c') => `resource "hcp_packer_channel" "${label}" {
  bucket_name = "img"
  name        = "${name}"
  ${more}
}
`
const assignment = (name: string, fingerprint: string, label = 'a') => `
resource "hcp_packer_channel_assignment" "${label}" {
  bucket_name         = "img"
  channel_name        = "${name}"
  version_fingerprint = ${fingerprint}
}
`
const newest = `data "hcp_packer_version" "newest" {
  bucket_name  = "img"
  channel_name = "latest"
}
`
const apply = ['apply', '-auto-approve'] as const
const change = 'update hcp_packer_channel.c'
const move = 'update hcp_packer_channel_assignment.a'

describe.skipIf(withoutTerraform)(`${terraformProvider} keeps channels`, () => {
  const world = terraformWorld()
  beforeAll(async () => {
    await world.bucket('img', { 'fp-one': oneBuild, 'fp-two': oneBuild })
  })
  const restrict = async (ChannelName: string, restricted: boolean) =>
    await world.call('UpdateChannel', {
      ...{ BucketName: 'img', ChannelName, Body: { restricted, update_mask: 'restricted' } },
    })
  const authors = async (ChannelName: string) => {
    const params = { BucketName: 'img', ChannelName }
    const { history } = (await world.call('ListChannelAssignmentHistory', params)) as {
      history: readonly { readonly author_id: string }[]
    }
    return history.map(({ author_id }) => author_id)
  }
  const shown = async (ChannelName: string) => {
    const { channel } = (await world.call('GetChannel', { BucketName: 'img', ChannelName })) as {
      channel: { readonly restricted?: boolean; readonly version?: { readonly fingerprint: string } }
    }
    return { restricted: channel.restricted ?? false, fingerprint: channel.version?.fingerprint }
  }

  test('in place, and repairs what others changed', async () => {
    using user = world.user()
    await user.apply(channel('staging'))
    const { 'hcp_packer_channel.c': made } = await user.state()
    expect(made).toMatchObject({
      ...{ id: expect.any(String), author_id: 'local', managed: false, restricted: false },
      ...{ created_at: expect.stringMatching(/^20/), updated_at: expect.stringMatching(/^20/) },
    })
    expect(await user.plan()).toEqual([])

    user.write(channel('staging', 'restricted = true'))
    expect(await user.plan()).toEqual([change])
    await user.apply(channel('staging', 'restricted = true'))
    expect((await user.state())['hcp_packer_channel.c']).toMatchObject({ id: made!['id'], restricted: true })

    await restrict('staging', false)
    expect(await user.plan()).toEqual([change])
    await user.apply(channel('staging', 'restricted = true'))
    expect(await shown('staging')).toMatchObject({ restricted: true })
    await user.apply('')
    await expect(shown('staging')).rejects.toThrow('does not exist')
  })

  test('and adopts latest, which stays when it is destroyed', async () => {
    using user = world.user()
    user.write(channel('latest', 'restricted = false'))
    const { exitCode, output } = await user.run(apply)
    expect(exitCode, output).toBe(0)
    expect(output).toContain('Warning:')
    expect(await shown('latest')).toMatchObject({ restricted: false })
    expect(await user.plan()).toEqual([])
    await restrict('latest', true)
    expect(await user.plan()).toEqual([change])
    await user.apply(channel('latest', 'restricted = false'))
    await user.apply('')
    expect(await shown('latest')).toMatchObject({ fingerprint: 'fp-two' })
  })

  test('that others made, once they are imported', async () => {
    await world.channel('img', 'review', 'fp-one')
    const { HCP_PROJECT_ID } = world.registry.access
    for (const id of ['img:review', `${HCP_PROJECT_ID}:img:review`]) {
      using user = world.user()
      user.write(channel('review'))
      expect(await user.refusal(apply)).toContain('channel already exists')
      const { exitCode, output } = await user.run(['import', 'hcp_packer_channel.c', id])
      expect(exitCode, output).toBe(0)
      expect(await user.plan()).toEqual([])
    }
  })

  test('and assignments that others made, once they are imported', async () => {
    await world.channel('img', 'canary', 'fp-one')
    using user = world.user()
    user.write(assignment('canary', '"fp-one"'))
    const address = 'hcp_packer_channel_assignment.a'
    const { exitCode, output } = await user.run(['import', address, 'img:canary'])
    expect(exitCode, output).toBe(0)
    expect(await user.plan()).toEqual([])
    using other = world.user()
    other.write(assignment('latest', '"fp-two"'))
    expect(await other.refusal(['import', address, 'img:latest'])).toContain('managed by HCP Packer')
  })

  test('that others deleted, with their bucket too', async () => {
    using user = world.user()
    await user.apply(channel('fleeting'))
    await world.call('DeleteChannel', { BucketName: 'img', ChannelName: 'fleeting' })
    expect(await user.plan()).toEqual(['create hcp_packer_channel.c'])

    await world.bucket('short')
    using other = world.user()
    await other.apply(channel('prod').replace('"img"', '"short"'))
    await world.call('DeleteBucket', { BucketName: 'short' })
    expect(await other.refusal(['plan'])).toContain('The bucket with identifier short does not exist.')
  })

  test('but not an assignment whose channel others deleted, until it is taken out of the state', async () => {
    await world.channel('img', 'lost')
    using user = world.user()
    await user.apply(assignment('lost', '"fp-one"'))
    await world.call('DeleteChannel', { BucketName: 'img', ChannelName: 'lost' })
    expect(await user.refusal(['plan'])).toContain('lost')
    expect(await user.refusal(['destroy', '-auto-approve'])).toContain('lost')
  })

  test('and what they point at: set, moved, emptied, left', async () => {
    using user = world.user()
    const written = (fingerprint: string) =>
      `${channel('prod')}${assignment('prod', fingerprint)}`.replace(
        'channel_name        = "prod"',
        'channel_name        = hcp_packer_channel.c.name',
      )
    for (const fingerprint of ['fp-one', 'fp-two']) {
      await user.apply(written(`"${fingerprint}"`))
      expect(await shown('prod')).toMatchObject({ fingerprint })
      expect(await user.plan()).toEqual([])
    }
    expect(await authors('prod')).toEqual(['local', 'local'])
    await world.assign('img', 'prod', 'fp-one')
    expect(await user.plan()).toEqual([move])
    await world.assign('img', 'prod')
    expect(await user.plan()).toEqual([move])
    await user.apply(written('"fp-two"'))
    expect(await shown('prod')).toMatchObject({ fingerprint: 'fp-two' })

    await user.apply(written('"none"'))
    expect(await shown('prod')).toMatchObject({ fingerprint: undefined })
    expect(await user.plan()).toEqual([])
    await user.apply(written('"fp-one"'))
    await user.apply(channel('prod'))
    expect(await shown('prod')).toMatchObject({ fingerprint: undefined })
  })

  test('and refuses an assignment in words', async () => {
    await world.channel('img', 'taken', 'fp-one')
    await world.channel('img', 'free')
    const cases = [
      [assignment('taken', '"fp-one"'), 'already has an assigned version'],
      [assignment('latest', '"fp-one"'), 'is managed by HCP Packer'],
      [assignment('free', '"fp-x"'), 'version with fingerprint (fingerprint: fp-x) does not exist'],
      [assignment('free', '""'), 'version_fingerprint'],
    ] as const
    using user = world.user()
    for (const [configuration, words] of cases) {
      user.write(configuration)
      expect(await user.refusal(apply)).toContain(words)
    }
  })

  test('on what latest points at, with one change for each new version', async () => {
    using user = world.user()
    const promoted =
      `${newest}${channel('promoted')}${assignment('promoted', 'data.hcp_packer_version.newest.fingerprint')}`.replace(
        'channel_name        = "promoted"',
        'channel_name        = hcp_packer_channel.c.name',
      )
    await user.apply(promoted)
    expect(await user.plan()).toEqual([])
    await world.publish('img', 'fp-three', oneBuild)
    expect(await user.plan()).toEqual([move])
    await user.apply(promoted)
    expect(await shown('promoted')).toMatchObject({ fingerprint: 'fp-three' })
  })

  test('fifty of them at once', async () => {
    using user = world.user()
    await user.apply(`resource "hcp_packer_channel" "many" {
  count       = 50
  bucket_name = "img"
  name        = "many-\${count.index}"
}
resource "hcp_packer_channel_assignment" "many" {
  count               = 50
  bucket_name         = "img"
  channel_name        = hcp_packer_channel.many[count.index].name
  version_fingerprint = "fp-one"
}
`)
    expect(await user.plan()).toEqual([])
  })

  test('after the registry was started again', async () => {
    using user = world.user()
    await user.apply(channel('lasting'))
    expect(await world.registry.stop()).toBe(0)
    await world.registry.restart()
    expect(await user.plan()).toEqual([])
  })
})
