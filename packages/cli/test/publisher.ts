import { Client, fromEnvironment } from '@ingot/client'
import { ingot, type Served } from './ingot.ts'

/** What a version is made of beside one image. */
export interface Made {
  /** The image that it is made from, by which its parent is known. */
  readonly from?: string
  /** The regions of its images; `us` unless told. */
  readonly regions?: readonly string[]
  readonly labels?: Readonly<Record<string, string>>
}

/** A client of a registry that is served, with what tests need to be there. */
export class Publisher implements AsyncDisposable {
  readonly client: Client

  private constructor(client: Client) {
    this.client = client
  }

  static async of({ env }: Served): Promise<Publisher> {
    const variables = JSON.parse((await ingot(['env', '--json'], env)).out)
    return new Publisher(new Client(fromEnvironment(variables)))
  }

  /** A complete version whose images are called `BUCKET-FINGERPRINT-REGION`; the bucket is made when it is not there. */
  async version(bucket: string, fingerprint: string, made: Made = {}): Promise<void> {
    const { from = '', regions = ['us'], labels = {} } = made
    const at = { bucket, fingerprint }
    await this.client.buckets.create({ name: bucket }).catch(() => undefined)
    await this.client.versions.create(bucket, { fingerprint, template_type: 'HCL2' })
    const build = { component_type: 'amazon-ebs.web', status: 'BUILD_RUNNING' } as const
    const { id: buildId } = await this.client.builds.create(at, build)
    const artifacts = regions.map((region) => ({
      external_identifier: `${bucket}-${fingerprint}-${region}`,
      region,
    }))
    const done = { status: 'BUILD_DONE', platform: 'aws', artifacts, labels } as const
    await this.client.builds.update({ ...at, buildId }, { ...done, source_external_identifier: from })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close()
  }
}
