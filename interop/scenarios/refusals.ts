import { describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { expiredToken, writeTokenCache } from '../harness/expired-token.ts'
import { unwrapped } from '../harness/output.ts'
import { reader } from '../harness/reader.ts'
import { startRegistry } from '../harness/registry.ts'
import { bucketName, registry, workspace, world } from '../harness/world.ts'
import { packerVersions } from '../toolchain/programs.ts'

const template = 'own-builders.pkr.hcl'

describe.each(packerVersions)('what a user of packer %s reads', (version) => {
  test('with a wrong secret', async () => {
    using user = workspace(version)
    const bucket = bucketName('secret')
    const env = { HCP_CLIENT_SECRET: 'wrong' }
    const { exitCode, output } = await build(user, { template, vars: { bucket }, env })
    expect(exitCode, output).toBe(1)
    expect(unwrapped(output)).toContain(
      'failed to get new token: oauth2: "invalid_client" "The client id or the secret is wrong. Check HCP_CLIENT_ID and HCP_CLIENT_SECRET; where the registry runs, \\"ingot env\\" prints them."',
    )
    await expectNothingMade(bucket)
  })

  test('with a project that there is not', async () => {
    using user = workspace(version)
    const bucket = bucketName('project')
    const env = { HCP_PROJECT_ID: '7d3c1a52-0f7b-4a55-9f0e-6f0b1f3d2c11' }
    const { exitCode, output } = await build(user, { template, vars: { bucket }, env })
    expect(exitCode, output).toBe(1)
    expect(unwrapped(output)).toContain(
      'Error: The project with identifier 7d3c1a52-0f7b-4a55-9f0e-6f0b1f3d2c11 does not exist or is not open to this principal. Check HCP_ORGANIZATION_ID and HCP_PROJECT_ID.',
    )
  })

  test('with a token that has expired', async () => {
    using user = workspace(version)
    const bucket = bucketName('expired')
    writeTokenCache(user, world().access, await expiredToken(world()))
    const { exitCode, output } = await build(user, { template, vars: { bucket } })
    expect(exitCode, output).toBe(1)
    expect(unwrapped(output)).toContain(
      'The access token has expired. Run the command again; the client fetches a new one.',
    )
    await expectNothingMade(bucket)
  })

  test('with a token of another registry', async () => {
    await using other = await startRegistry()
    using user = workspace(version)
    const bucket = bucketName('foreign')
    writeTokenCache(user, world().access, await reader(other.access).token())
    const { exitCode, output } = await build(user, { template, vars: { bucket } })
    expect(exitCode, output).toBe(1)
    expect(unwrapped(output)).toContain(
      'The access token is none of this registry. Stock clients keep tokens in ~/.config/hcp/creds-cache.json: remove that file, check HCP_AUTH_URL, and run the command again.',
    )
    await expectNothingMade(bucket)
  })

  test('when the registry is stopped, and when it is back', async () => {
    await using own = await startRegistry()
    using user = workspace(version, own.access)
    const bucket = bucketName('stopped')
    expect(await own.stop()).toBe(0)
    const { exitCode, output } = await build(user, { template, vars: { bucket } })
    expect(exitCode, output).toBe(1)
    expect(unwrapped(output)).toContain('connect: connection refused')

    await own.restart()
    const again = await build(user, { template, vars: { bucket } })
    expect(again.exitCode, again.output).toBe(0)
  })
})

async function expectNothingMade(bucket: string): Promise<void> {
  expect((await registry().buckets()).map(({ name }) => name)).not.toContain(bucket)
}
