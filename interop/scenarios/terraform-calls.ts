import { beforeAll, describe, expect, test } from 'vitest'
import { type Recorded, startRecorder } from '../harness/recorder.ts'
import { openTerraform, terraformProvider, withoutTerraform } from '../harness/terraform.ts'
import { type TerraformCall, terraformJourneys } from '../harness/terraform-journeys.ts'
import { oneBuild, type TerraformWorld, terraformWorld } from '../harness/terraform-registry.ts'
import { hcpSdkVersions } from '../toolchain/programs.ts'

// The provider itself cannot be built here; its calls can be made, and where there is one, it is seen to make them.
describe(`the calls of terraform-provider-hcp are made by hcp-sdk-go ${hcpSdkVersions[0]}`, () => {
  const world = terraformWorld()
  beforeAll(async () => await fill(world))

  test.each(terraformJourneys)('for $what', async ({ steps }) => {
    for (const { calls } of steps) {
      for (const call of calls) await make(world, call)
    }
  })
})

describe.skipIf(withoutTerraform)(`${terraformProvider} makes the calls that are made here for it`, () => {
  const world = terraformWorld()
  beforeAll(async () => await fill(world))

  test.each(terraformJourneys)('for $what', async ({ steps }) => {
    await using recorder = await startRecorder(world.registry)
    using user = openTerraform(recorder.access)
    for (const { configuration, calls } of steps) {
      const before = recorder.requests.length
      await user.apply(configuration)
      expect(seen(recorder.requests.slice(before))).toEqual(calls.map(expected))
    }
  })
})

async function fill(world: TerraformWorld): Promise<void> {
  await world.bucket('img', { 'fp-one': oneBuild, 'fp-two': oneBuild })
  await world.channel('img', 'prod', 'fp-one')
  await world.channel('img', 'free')
}

async function make(world: TerraformWorld, { operation, params, line, body, status }: TerraformCall) {
  const { request, sent, error } = await world.ask(operation, params)
  expect({ line: below(request), sent, refused: error?.status }).toEqual({
    line,
    sent: body,
    refused: status,
  })
}

/** What goes to packer's interface; organization and project are asked for before. */
function seen(requests: readonly Recorded[]) {
  const packer = requests.filter(({ path }) => !/^\/(oauth2|resource-manager)\//.test(path))
  return packer.map(({ method, path, body, status }) => ({
    ...{ line: `${method} ${path}`, status },
    body: body ? JSON.parse(body) : undefined,
  }))
}

function expected({ line, body, status = 200 }: TerraformCall) {
  return { line, body, status }
}

function below(request: string): string {
  return request.replace(/\/packer\/2023-01-01\/organizations\/[^/]+\/projects\/[^/]+/, '')
}
