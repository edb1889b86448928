import { afterAll, beforeAll } from 'vitest'
import { hcpSdkVersions } from '../toolchain/programs.ts'
import { type HcpAnswer, type HcpClient, startHcpClient } from './hcp-client.ts'
import { runUuid } from './hcp-steps.ts'
import { type RunningRegistry, startRegistry } from './registry.ts'
import { openTerraform, type TerraformUser } from './terraform.ts'

/** A build as it is published. */
export interface PublishedBuild {
  readonly component: string
  readonly platform: string
  readonly images: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
}

/** A registry, and HashiCorp's Go client as the one who publishes and who changes things behind Terraform's back. */
export interface TerraformWorld {
  readonly registry: RunningRegistry
  user(): TerraformUser
  /** Calls an operation and answers what came of it. */
  ask(operation: string, params: object): Promise<HcpAnswer>
  /** Calls an operation that must succeed, and answers its payload. */
  call(operation: string, params: object): Promise<unknown>
  bucket(name: string, versions?: Readonly<Record<string, readonly PublishedBuild[]>>): Promise<void>
  /** Makes a complete version. */
  publish(bucket: string, fingerprint: string, builds: readonly PublishedBuild[]): Promise<void>
  channel(bucket: string, name: string, fingerprint?: string): Promise<void>
  /** Makes a channel, as others than Terraform do, point at a version; or at none. */
  assign(bucket: string, channel: string, fingerprint?: string): Promise<void>
}

/** One image of one region, as most versions of these scenarios have. */
export const oneBuild: readonly PublishedBuild[] = [
  { component: 'amazon-ebs.a', platform: 'aws', images: { 'us-east-1': 'ami-1' } },
]

/** Makes a world for the tests around, which may all be skipped. */
export function terraformWorld(): TerraformWorld {
  let registry: RunningRegistry
  let client: HcpClient
  beforeAll(async () => {
    registry = await startRegistry()
    client = await startHcpClient(hcpSdkVersions[0], registry.access)
  })
  afterAll(async () => {
    await client?.[Symbol.asyncDispose]()
    await registry?.[Symbol.asyncDispose]()
  })
  const ask = async (operation: string, params: object) =>
    await client.call('packer-2023-01-01', `PackerService${operation}`, params)
  const call = async (operation: string, params: object) => {
    const { error, payload } = await ask(operation, params)
    if (error) throw new Error(error.text)
    return payload
  }
  const publish = async (BucketName: string, fingerprint: string, builds: readonly PublishedBuild[]) => {
    await call('CreateVersion', { BucketName, Body: { fingerprint } })
    await build(call, { BucketName, Fingerprint: fingerprint }, builds)
  }
  return {
    ask,
    call,
    publish,
    get registry() {
      return registry
    },
    user: () => openTerraform(registry.access),
    async bucket(name, versions = {}) {
      await call('CreateBucket', { Body: { name } })
      for (const [fingerprint, builds] of Object.entries(versions)) {
        await publish(name, fingerprint, builds)
      }
    },
    async channel(bucket, name, version_fingerprint) {
      await call('CreateChannel', { BucketName: bucket, Body: { name, version_fingerprint } })
    },
    async assign(BucketName, ChannelName, version_fingerprint) {
      const Body = { version_fingerprint, update_mask: 'versionFingerprint' }
      await call('UpdateChannel', { BucketName, ChannelName, Body })
    },
  }
}

/** As packer does it: every build begins before the first one is done. */
async function build(
  call: TerraformWorld['call'],
  version: object,
  builds: readonly PublishedBuild[],
): Promise<void> {
  const begun: string[] = []
  for (const { component, platform, labels } of builds) {
    const body = { component_type: component, platform, labels, packer_run_uuid: runUuid }
    const made = await call('CreateBuild', { ...version, Body: { ...body, status: 'BUILD_RUNNING' } })
    begun.push((made as { readonly build: { readonly id: string } }).build.id)
  }
  for (const [index, { images }] of builds.entries()) {
    const artifacts = Object.entries(images).map(([region, id]) => ({ region, external_identifier: id }))
    await call('UpdateBuild', {
      ...{ ...version, BuildID: begun[index], Body: { status: 'BUILD_DONE', artifacts } },
    })
  }
}
