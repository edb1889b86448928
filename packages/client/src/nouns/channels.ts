import { type Body, type Channel, packer } from '@ingot/registry-api'
import type { Call, CallOptions } from '../call.ts'

/** Calls about the channels of a bucket; each throws a `ClientError`. */
export interface ChannelCalls {
  /** With the assigned version, its builds and their artifacts. */
  get(bucket: string, name: string, options?: CallOptions): Promise<Channel>
  list(bucket: string, options?: CallOptions): Promise<readonly Channel[]>
  create(bucket: string, channel: Body<typeof packer.createChannel>, options?: CallOptions): Promise<Channel>
  /** Points the channel at the version with that fingerprint; undefined empties it. */
  assign(at: ChannelPlace, fingerprint: string | undefined, options?: CallOptions): Promise<Channel>
  restrict(at: ChannelPlace, restricted: boolean, options?: CallOptions): Promise<Channel>
  delete(bucket: string, name: string, options?: CallOptions): Promise<void>
}

/** Which channel. */
export interface ChannelPlace {
  readonly bucket: string
  readonly channel: string
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
