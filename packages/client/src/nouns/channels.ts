import { type Body, type Channel, type ChannelAssignment, packer } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'
import { pageQuery, pages } from '../pages.ts'

/** Calls about the channels of a bucket; each throws a `ClientError`. */
export interface ChannelCalls {
  /** With the assigned version, its builds and their artifacts. */
  get(bucket: string, name: string, options?: CallOptions): Promise<Channel>
  list(bucket: string, options?: CallOptions): Promise<readonly Channel[]>
  create(bucket: string, channel: Body<typeof packer.createChannel>, options?: CallOptions): Promise<Channel>
  /** Points the channel at the version with that fingerprint; undefined empties it. */
  assign(at: ChannelPlace, fingerprint: string | undefined, options?: CallOptions): Promise<Channel>
  /** Points one channel at what another points at. */
  promote(bucket: string, way: Promotion, options?: CallOptions): Promise<Channel>
  /** What the channel pointed at, newest first; a null version says that it was emptied. */
  history(at: ChannelPlace, options?: CallOptions): AsyncGenerator<ChannelAssignment>
  restrict(at: ChannelPlace, restricted: boolean, options?: CallOptions): Promise<Channel>
  delete(bucket: string, name: string, options?: CallOptions): Promise<void>
}

/** Which channel. */
export interface ChannelPlace {
  readonly bucket: string
  readonly channel: string
}

/** From which channel to which. */
export interface Promotion {
  readonly from: string
  readonly to: string
}

export function channels(call: Call): ChannelCalls {
  return {
    async get(bucket, name, options) {
      return (await call(packer.getChannel, { ...options, params: channelParams({ bucket, channel: name }) }))
        .channel
    },
    async list(bucket, options) {
      return (await call(packer.listChannels, { ...options, params: { bucket_name: bucket } })).channels
    },
    async create(bucket, body, options) {
      return (await call(packer.createChannel, { ...options, params: { bucket_name: bucket }, body })).channel
    },
    async assign(at, fingerprint, options) {
      const body = {
        update_mask: 'versionFingerprint',
        ...(fingerprint === undefined ? {} : { version_fingerprint: fingerprint }),
      }
      return (await call(packer.updateChannel, { ...options, params: channelParams(at), body })).channel
    },
    async promote(bucket, { from, to }, options) {
      const input = { ...options, params: { bucket_name: bucket } }
      const body = { source_channel: from, target_channel: to }
      return (await call(packer.assignChannelVersion, { ...input, body })).target_channel
    },
    async *history(at, options) {
      const params = channelParams(at)
      const fetch = (token?: string) =>
        call(packer.listChannelAssignmentHistory, { ...options, params, query: pageQuery(token) })
      for await (const page of pages(fetch)) yield* page.history
    },
    async restrict(at, restricted, options) {
      const body = { restricted, update_mask: 'restricted' }
      return (await call(packer.updateChannel, { ...options, params: channelParams(at), body })).channel
    },
    async delete(bucket, name, options) {
      await call(packer.deleteChannel, { ...options, params: channelParams({ bucket, channel: name }) })
    },
  }
}

function channelParams({ bucket, channel }: ChannelPlace) {
  return { bucket_name: bucket, channel_name: channel }
}
