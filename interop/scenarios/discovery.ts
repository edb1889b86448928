import { describe, expect, test } from 'vitest'
import { build } from '../harness/build.ts'
import { startRecorder } from '../harness/recorder.ts'
import { bucketName, registry, workspace, world } from '../harness/world.ts'
import { packerVersions } from '../toolchain/programs.ts'

const template = 'own-builders.pkr.hcl'

describe.each(packerVersions)('packer %s finds its project', (version) => {
  test('with neither id: one organization, its oldest project', async () => {
    const env = { HCP_ORGANIZATION_ID: undefined, HCP_PROJECT_ID: undefined }
    const { HCP_ORGANIZATION_ID: organization } = world().access
    expect(await lookUps(env)).toEqual([
      'GET /resource-manager/2019-12-10/organizations 200',
      `GET /resource-manager/2019-12-10/projects?scope.id=${organization}&scope.type=ORGANIZATION 200`,
    ])
  })

  test('with the id of the project: one organization, and a registry in the project', async () => {
    expect(await lookUps({ HCP_ORGANIZATION_ID: undefined })).toEqual([
      'GET /resource-manager/2019-12-10/organizations 200',
      'GET /registry 200',
    ])
  })

  async function lookUps(env: Readonly<Record<string, undefined>>): Promise<string[]> {
    await using recorder = await startRecorder(world())
    using user = workspace(version, recorder.access)
    const bucket = bucketName('found')
    const { exitCode, output } = await build(user, { template, vars: { bucket }, env })
    expect(exitCode, output).toBe(0)
    expect((await registry().bucket(bucket)).version_count).toBe('1')
    const asked = recorder.requests.map(({ method, path, status }) => `${method} ${path} ${status}`)
    const [token, ...rest] = asked
    expect(token).toBe('POST /oauth2/token 200')
    return rest.slice(0, rest.indexOf(`GET /buckets/${bucket} 404`))
  }
})
