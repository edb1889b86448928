import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../harness/folder.ts'
import { type HcpClient, type HcpClientName, lost, startHcpClient } from '../harness/hcp-client.ts'
import { type HcpStep, type Kept, keptOf } from '../harness/hcp-steps.ts'
import { hcpSteps2021 } from '../harness/hcp-steps-2021.ts'
import { advisory, hcpSteps2023 } from '../harness/hcp-steps-2023.ts'
import { hcpStepsBeside } from '../harness/hcp-steps-beside.ts'
import { ingot } from '../harness/ingot.ts'
import { type RunningRegistry, startRegistry } from '../harness/registry.ts'
import { hcpSdkVersions } from '../toolchain/programs.ts'

// Each answer goes through the types that HashiCorp generates: what they refuse or have no room for, fails here.
describe.each(hcpSdkVersions)('the generated client of hcp-sdk-go %s', (version) => {
  let registry: RunningRegistry
  let client: HcpClient
  let kept: Kept = {}
  beforeAll(async () => {
    registry = await startRegistry()
    await importAdvisories(registry, [advisory])
    client = await startHcpClient(version, registry.access)
    kept = { organization: registry.access.HCP_ORGANIZATION_ID, project: registry.access.HCP_PROJECT_ID }
  })
  afterAll(async () => {
    await client[Symbol.asyncDispose]()
    await registry[Symbol.asyncDispose]()
  })

  const call = async (name: HcpClientName, step: HcpStep) => {
    const { operation, params = {}, answer, beyond = [], keep = {} } = step
    const given = typeof params === 'function' ? params(kept) : params
    const { error, invalid, raw, payload } = await client.call(name, operation, given)
    expect({ error, invalid, lost: lost(raw, payload) }).toEqual({ lost: beyond })
    expect(payload).toMatchObject(answer)
    kept = { ...kept, ...keptOf(payload, keep) }
  }
  const called = (steps: readonly HcpStep[]) => [...new Set(steps.map(({ operation }) => operation))].sort()

  describe('of 2023-01-01', () => {
    test.each(hcpSteps2023)('calls $operation', async (step) => await call('packer-2023-01-01', step))
    test('has no other operation', () => {
      expect(called(hcpSteps2023)).toEqual(client.operations['packer-2023-01-01'])
    })
  })

  describe('of 2021-04-30', () => {
    test.each(hcpSteps2021)('calls $operation', async (step) => await call('packer-2021-04-30', step))
    test('has no other operation', () => {
      expect(called(hcpSteps2021)).toEqual(client.operations['packer-2021-04-30'])
    })
  })

  describe.each(hcpStepsBeside)('of $client', ({ client: name, steps }) => {
    test.each(steps)('calls $operation', async (step) => await call(name, step))
  })
})

async function importAdvisories({ dataDir }: RunningRegistry, advisories: readonly object[]): Promise<void> {
  using folder = temporaryFolder()
  const file = join(folder.path, 'osv.json')
  writeFileSync(file, JSON.stringify(advisories))
  await ingot('advisories', 'import', file, '--data', dataDir)
}
