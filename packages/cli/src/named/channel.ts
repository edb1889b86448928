import type { Channel, Client } from '@ingot/client'
import { NotFoundError } from '../explain.ts'

/**
 * A channel of a bucket, from the list, which the registry does not take for a consumer's read.
 *
 * @throws NotFoundError with those there are; ClientError
 */
export async function channelCalled(client: Client, bucket: string, name: string): Promise<Channel> {
  const channels = await client.channels.list(bucket)
  const found = channels.find((channel) => channel.name === name)
  if (found) return found
  const known = channels.map((channel) => channel.name).join(', ')
  throw new NotFoundError(
    `The bucket ${bucket} has no channel ${name}. It has ${known || 'none'}. To make it:  ingot channel create ${bucket} ${name}`,
  )
}
